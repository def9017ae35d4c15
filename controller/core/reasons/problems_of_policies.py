"""Reasons for which a policy is refused."""

from __future__ import annotations

from typing import Final

from controller.core.reasons.meaning import Meaning

PROBLEMS_OF_POLICIES: Final = (
    Meaning(
        "AmbiguousPriority",
        means="Two policies with the same priority certainly match the same services.",
        looks_like="`a and b (…) match the same services with the same priority, 100`.",
        do="give one of them another `priority`, or `exclude` from one what the other governs.",
        by_itself="no.",
    ),
    Meaning(
        "DuplicateKey",
        means="A mapping has the same key twice.",
        looks_like="`mode is already given at line 5, column 3`.",
        do="keep one of them.",
        by_itself="no.",
    ),
    Meaning(
        "DuplicateName",
        means="Two policies, or two exceptions, have the same name; or there are two documents of "
        "kind PolicySet.",
        looks_like="`the name production is already given at …`, or `there is already a PolicySet "
        "at …`.",
        do="give each a name of its own; keep one PolicySet.",
        by_itself="no.",
    ),
    Meaning(
        "ExtendsItself",
        means="Policies extend each other in a circle.",
        looks_like="`a policy cannot extend itself: production → strict → production`.",
        do="let one of them extend no other.",
        by_itself="no.",
    ),
    Meaning(
        "InvalidValue",
        means="The value is not one that may stand here.",
        looks_like="`Enfore is not one of: Disabled, Audit, Enforce`, or `CloudWatch Logs keeps "
        "nothing for 31 days`.",
        do="follow the hint.",
        by_itself="no.",
    ),
    Meaning(
        "MissingKey",
        means="A key that is required is not there.",
        looks_like="`awslogs needs the key streamPrefix`.",
        do="add it.",
        by_itself="no.",
    ),
    Meaning(
        "NoPolicies",
        means="There is no policy at all, or a file that holds none.",
        looks_like="`no policy was given`, or `the file holds no policy`.",
        do="name a file, or a directory that holds one.",
        by_itself="no.",
    ),
    Meaning(
        "NotYet",
        means="It is part of the language, but this version cannot honour it. To ignore it would "
        "do something else than the policy says.",
        looks_like="`windows is part of the language, but this version cannot honour it yet`.",
        do="remove it, if the policy is right without it. Else wait for a newer version.",
        by_itself="no.",
    ),
    Meaning(
        "Syntax",
        means="It is not YAML, or not YAML 1.2.",
        looks_like="the parser's complaint, at the place where it stopped.",
        do="correct it. Indent with spaces, not with tabs.",
        by_itself="no.",
    ),
    Meaning(
        "TagRefused",
        means="A value has a YAML tag, such as `!!str` or `!Ref`.",
        looks_like="`a policy has no tags such as !Ref`.",
        do="remove the tag. A value in quotes is a text.",
        by_itself="no.",
    ),
    Meaning(
        "UnknownKey",
        means="The mapping has no such key: mostly a spelling mistake.",
        looks_like="`retentionInDay is no key of this mapping`.",
        do="follow the hint, which names the key that was probably meant.",
        by_itself="no.",
    ),
    Meaning(
        "UnknownPolicy",
        means="`extends` names a policy that is in none of the files.",
        looks_like="`there is no policy produktion to extend`.",
        do="correct the name, or give the file that holds the policy along.",
        by_itself="no.",
    ),
    Meaning(
        "UnknownRule",
        means="There is no rule with this id.",
        looks_like="`there is no rule delivery-modes`.",
        do="see [rules](rules.md) for those that there are.",
        by_itself="no.",
    ),
    Meaning(
        "UnknownVariable",
        means="A template uses a name that does not exist, or a variable that the policy does not "
        "have.",
        looks_like="`{clustr} is no variable`, or `the policy has no variable stage`.",
        do="use one of `{account}`, `{region}`, `{partition}`, `{cluster}`, `{service}`, "
        "`{family}`, `{container}`, `{tag:KEY}`; or add the variable to `variables` and name it "
        "`{var:NAME}`: see [names](names.md#variables).",
        by_itself="no.",
    ),
    Meaning(
        "UnquotedAccountId",
        means="An account id without quotes is a number, and loses its leading zeros.",
        looks_like="`the account id 001122334455 without quotes is a number`.",
        do="put it in quotes.",
        by_itself="no.",
    ),
    Meaning(
        "UnquotedTemplate",
        means="A template without quotes is a YAML mapping.",
        looks_like="`{service} without quotes is a YAML mapping`.",
        do='put the value in quotes: `"{service}"`.',
        by_itself="no.",
    ),
)
