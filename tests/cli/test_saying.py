"""What people say: shown, asked for, written as a tag with their name, and told."""

from __future__ import annotations

import json

import pytest
from ruamel.yaml import YAML

from controller.core.refs import ClusterRef, ServiceRef
from controller.core.state.verbs import VERBS, Scope
from tests.cli.spoken import PROD, REGION, TWO, WEB, Account

PAUSED = "ecs-logging/paused"
SUSPENDED = "ecs-logging/suspended"
DIGEST, OTHER = "1a2b3c4d5e6f7a8b", "0" * 16


@pytest.fixture
def account() -> Account:
    return Account()


def where(scope: Scope) -> tuple[str, ...]:
    """Return the options by which a verb of this scope is said of `prod`."""
    return ("--cluster", "prod") if scope is Scope.CLUSTERS else ()


TYPED = {"SERVICE": "prod/web", "DIGEST": DIGEST, "POLICY/WAVE": "production/second"}


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.typed)
def test_each_verb_sets_or_clears_its_tag_and_no_other(account: Account, verb: object) -> None:
    assert isinstance(verb, type(VERBS[0]))
    ref: ClusterRef | ServiceRef = WEB if verb.scope is Scope.SERVICE else PROD
    tag = verb.tag.replace("<policy>", "production")
    in_force = DIGEST if "wave" in verb.typed else OTHER
    account.tagged(PROD, "ecs-logging/policy-digest", f"{in_force} governed=1")
    if verb.sets is None:
        account.tagged(ref, tag, "web:2" if "account" in verb.typed else "2027-01-01T00:00:00Z")
    before = account.tags(ref)

    typed = [TYPED.get(word, word) for word in verb.typed.split()]
    result = account.says(*typed, *where(verb.scope))

    assert result.exit_code == 0, result.output
    assert account.tags(ref).keys() ^ before.keys() == {tag}
    assert (tag in account.tags(ref)) is (verb.sets is not None)
    assert len(account.written()) == 1


def test_a_tag_tells_when_and_who(account: Account) -> None:
    account.says("pause", "--cluster", "prod")

    at, by, who = account.tags(PROD)[PAUSED].split(" ")
    assert (at, by) == ("2027-03-31T12:00:00.000Z", "by")
    assert who.startswith(("user/", "assumed-role/"))


def test_all_clusters_are_meant_by_all(account: Account) -> None:
    result = account.says("pause", "--all")

    assert result.exit_code == 0
    assert PAUSED in account.tags(PROD)
    assert PAUSED in account.tags(TWO)
    assert "us-east-1 cluster/prod-two: paused" in result.stdout


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["pause", "--cluster", "prod"], "paused already, since 2027-03-31 12:00 UTC by"),
        (["suspend", "prod/web"], "suspended already, since 2027-03-31 12:00 UTC by"),
    ],
)
def test_what_was_said_already_is_not_said_again(
    account: Account, typed: list[str], told: str
) -> None:
    account.says(*typed)
    account.sandbox.clear_requests()

    again = account.says(*typed)

    assert again.exit_code == 0
    assert told in again.stdout
    assert "Nothing was written." in again.stdout
    assert account.written() == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["resume", "--cluster", "prod"], "not paused"),
        (["resume", "prod/web"], "not suspended"),
        (["approve", "account"], "it remembers no revision that ECS did not keep"),
        (["approve", "policy", DIGEST], "it does not ask for it"),
        (["approve", "wave", "production/second"], "it remembers no policies"),
    ],
)
def test_what_nobody_asks_for_is_not_written(account: Account, typed: list[str], told: str) -> None:
    result = account.says(*typed)

    assert result.exit_code == 0
    assert told in result.stdout
    assert account.written() == []


def test_an_acknowledgement_is_said_anew_as_its_time_counts(account: Account) -> None:
    account.tagged(PROD, "ecs-logging/acknowledged", "2027-01-01T00:00:00Z")

    account.says("resume", "--line")

    assert account.tags(PROD)["ecs-logging/acknowledged"].startswith("2027-03-31T12:00:00.000Z")
    assert "ecs-logging/acknowledged" in account.tags(TWO)


def test_a_pause_that_somebody_wrote_by_hand_can_be_lifted(account: Account) -> None:
    account.tagged(PROD, PAUSED, "until Monday")

    account.says("resume", "--cluster", "prod")

    assert PAUSED not in account.tags(PROD)


@pytest.mark.parametrize("typed", [["approve", "prod/web"], ["approve", "service", "web"]])
def test_a_service_is_approved_in_short_too(account: Account, typed: list[str]) -> None:
    result = account.says(*typed)

    assert result.exit_code == 0
    assert account.tags(WEB)["ecs-logging/approve"].startswith("2027-03-31T12:00:00.000Z")


# ── what is shown and asked ───────────────────────────────────────────────────────────────────────


def test_at_a_keyboard_it_is_shown_and_asked_for(account: Account) -> None:
    yes = account.says("pause", "--cluster", "prod", types="y\n")

    assert f"{REGION} cluster/prod: + {PAUSED}=2027-03-31T12:00:00.000Z by" in _unfolded(yes.stderr)
    assert "Write this?" in yes.stderr
    assert PAUSED in account.tags(PROD)


def test_a_no_writes_nothing(account: Account) -> None:
    no = account.says("pause", "--cluster", "prod", types="n\n")

    assert no.exit_code == 0
    assert "not paused: you said no" in no.stdout
    assert account.written() == []


def test_with_yes_nobody_is_asked(account: Account) -> None:
    result = account.says("pause", "--cluster", "prod", "--yes", types="")

    assert "Write this?" not in result.output
    assert PAUSED in account.tags(PROD)


@pytest.mark.parametrize(
    "typed",
    [
        ["resume", "--all"],
        ["resume", "--line"],
        ["resume", "prod/web"],
        ["approve", "prod/web"],
        ["approve", "policy", DIGEST],
        ["approve", "wave", "production/second"],
        ["approve", "account"],
    ],
)
def test_what_lets_go_on_is_not_said_where_nobody_can_be_asked(
    account: Account, typed: list[str]
) -> None:
    result = account.says(*typed, by_a_script=True)

    assert result.exit_code == 2
    assert "asks a person at a terminal; there is none: say --yes" in _unfolded(result.stderr)
    assert account.sandbox.requests == []


@pytest.mark.parametrize("typed", [["pause", "--all"], ["suspend", "prod/web"]])
def test_what_only_holds_back_is_said_without_a_terminal(
    account: Account, typed: list[str]
) -> None:
    assert account.says(*typed, by_a_script=True).exit_code == 0
    assert account.written() != []


@pytest.mark.parametrize("variable", ["ECS_LOGGING_ALL", "ECS_LOGGING_YES", "ECS_LOGGING_LINE"])
@pytest.mark.parametrize("verb", ["pause", "resume"])
def test_no_variable_says_how_much_is_meant_nor_yes(
    account: Account, monkeypatch: pytest.MonkeyPatch, variable: str, verb: str
) -> None:
    monkeypatch.setenv(variable, "true")

    assert account.says(verb, by_a_script=True).exit_code == 2
    account.says("pause", "--all", types="n\n")
    assert account.written() == []


def test_a_yes_tells_which_one_it_replaces_and_that_a_name_was_not_checked(
    account: Account,
) -> None:
    account.tagged(PROD, "ecs-logging/policy-digest", f"{DIGEST} governed=1")
    account.tagged(PROD, "ecs-logging/approved-wave.production", f"first {DIGEST}")

    result = account.says("approve", "wave", "production/secnod")

    told = _unfolded(result.stdout)
    assert "approved production/secnod (a name not checked: no --policy)" in told
    assert f"in place of: first {DIGEST}" in told


def test_where_no_name_is_near_all_names_are_told(account: Account) -> None:
    told = _unfolded(account.says("suspend", "xyz").stderr)

    assert "no service is called xyz. There are: prod/web" in told
    assert "--region and --cluster" in told


def test_programs_read_what_was_written(account: Account) -> None:
    account.says("pause", "--cluster", "prod-two")

    told = json.loads(account.says("pause", "--all", "--output", "json").stdout)

    (written,), (needless,) = told["written"], told["needless"]
    assert (written["arn"], written["tag"]) == (PROD.arn, PAUSED)
    assert written["value"] == account.tags(PROD)[PAUSED]
    assert needless["arn"] == TWO.arn
    assert told["failed"] == told["declined"] == []
    as_yaml = YAML(typ="safe").load(account.says("resume", "--all", "--output", "yaml").stdout)
    assert [one["value"] for one in as_yaml["written"]] == [None, None]


# ── what goes wrong ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["pause"], "Say where"),
        (["pause", "--all", "--cluster", "prod"], "Say where"),
        (["resume"], "Say where"),
        (["resume", "prod/web", "--cluster", "prod"], "not both"),
        (["resume", "prod/web", "--line"], "not both"),
        (["pause", "--cluster", "prd"], "Did you mean prod?"),
        (["suspend", "prod/wbe"], "Did you mean prod/web?"),
        (["approve", "prd/web"], "Did you mean prod/web?"),
        (["approve", "policy", "yes"], "no digest of policies"),
        (["approve", "policy", DIGEST.upper()], "no digest of policies"),
        (["approve", "wave", "second"], "write POLICY/WAVE"),
        (["approve", "prodweb"], "There is no verb"),
        (["approve", "prodweb"], "approve service prodweb"),
        (["resume", "--line", "--all", "--cluster", "prod"], "Say where"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(
    account: Account, typed: list[str], told: str
) -> None:
    result = account.says(*typed)

    assert result.exit_code == 2, result.output
    assert told in result.stderr
    assert account.written() == []


def test_clusters_of_the_environment_give_way_to_what_is_typed(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECS_LOGGING_CLUSTER", "prod-two")

    account.says("suspend", "prod/web")
    assert account.says("resume", "prod/web").exit_code == 0
    account.says("pause")
    assert (PAUSED in account.tags(PROD), PAUSED in account.tags(TWO)) == (False, True)
    account.says("pause", "--all")
    assert PAUSED in account.tags(PROD)


def test_what_is_refused_is_an_error(account: Account) -> None:
    account.sandbox.deny("TagResource")

    result = account.says("pause", "--all")

    assert result.exit_code == 1
    assert result.stdout.count("failed: ") == 2
    assert "AccessDenied" in result.stdout


def test_where_some_is_refused_it_is_told_what_was_done_and_what_not(account: Account) -> None:
    account.tagged(PROD, PAUSED, "2027-01-01T00:00:00Z")
    account.tagged(TWO, "ecs-logging/policy-digest", "nonsense")
    account.tagged(PROD, "ecs-logging/policy-digest", f"{OTHER} governed=1")

    result = account.says("approve", "policy", DIGEST)

    assert result.exit_code == 4
    assert f"cluster/prod: approved the policies {DIGEST}" in result.stdout
    assert "cluster/prod-two: failed: Unknown" in result.stdout
    assert "Done on 1, not on 1: say it again." in result.stdout


def test_a_set_is_approved_only_where_another_is_in_force(account: Account) -> None:
    account.tagged(PROD, "ecs-logging/policy-digest", f"{OTHER} governed=1")

    account.says("approve", "policy", DIGEST * 4)

    assert account.tags(PROD)["ecs-logging/approved-policy"] == DIGEST
    assert "ecs-logging/approved-policy" not in account.tags(TWO)


def _unfolded(text: str) -> str:
    return " ".join(text.split())
