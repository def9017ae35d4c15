"""Reasons for which a log group stays as it is until a person changes something."""

from __future__ import annotations

from typing import Final

from controller.core.reasons.meaning import Meaning

LOG_GROUPS: Final = (
    Meaning(
        "AccountRetentionPolicy",
        means="The account has a retention policy of its own. CloudWatch Logs would accept our "
        "retention and ignore it.",
        looks_like="`the log group … keeps events 7 days, not 30 days: the account's retention "
        "policy … holds`.",
        do="change the account's policy, or `logGroup.retentionInDays`.",
        by_itself="no.",
    ),
    Meaning(
        "ClaimerUndecided",
        means="A service that logs to the log group is itself [Undecided](#undecided), or several "
        "policies of one priority match it. What it would ask of the group is not known, so what "
        "others ask is shown and not done.",
        looks_like="`the log group … keeps events 7 days, not 30 days`, though every rule is in "
        "Enforce.",
        do="look in the report for services that are Undecided, and see to what their reasons say.",
        by_itself="yes, once it is known which policy governs the service, or that none does.",
    ),
    Meaning(
        "ClassIsImmutable",
        means="The log group is of another class than the policy states. A class is given when a "
        "group is made, and can never be changed.",
        looks_like="`the log group … is of class STANDARD, not INFREQUENT_ACCESS, and a class can "
        "never be changed`.",
        do="let the containers log to a group with a new name, or state the class that the group "
        "has, or leave `logGroup.class` out.",
        by_itself="no.",
    ),
    Meaning(
        "CreationNotAsked",
        means="The log group does not exist, and the policy does not want the controller to make "
        "it.",
        looks_like="`the log group … does not exist in …, and logGroup.create is not set`.",
        do="make the group, or set `logGroup.create: true`.",
        by_itself="no.",
    ),
    Meaning(
        "KeyDiffers",
        means="The log group is not encrypted by the key that the policy names, but by another or "
        "by none of yours. This version gives a key only to groups that it makes.",
        looks_like="`the log group … is encrypted by no key of yours`, or `… is encrypted by "
        "arn:aws:kms:…, not by alias/logs`.",
        do="associate the key yourself (`aws logs associate-kms-key`). It holds for events from "
        "then on.",
        by_itself="no.",
    ),
    Meaning(
        "KeyUnresolved",
        means="The log group is to be made with a key that the policy names by an alias, and the "
        "alias could not be looked up in the group's account and Region. The group is not made "
        "without its key.",
        looks_like="`the log group … does not exist in eu-central-1, and there is no key "
        "alias/logs in eu-central-1`, or `… and the key alias/logs could not be looked up`, with "
        "what AWS said.",
        do="make the alias in that Region, or let the controller call `kms:DescribeKey` on the "
        "key: see [permissions](permissions.md#readkeys). The alias may be misspelt, too.",
        by_itself="yes, once the alias can be looked up.",
    ),
    Meaning(
        "NotProtected",
        means="The log group can be deleted by a single call, and the policy wants it protected. "
        "This version protects only groups that it makes.",
        looks_like="`the log group … is not protected from deletion`.",
        do="protect it yourself (`aws logs put-log-group-deletion-protection`).",
        by_itself="no.",
    ),
    Meaning(
        "ShorterRetention",
        means="Shortening the retention deletes events for good. A group without a retention "
        "keeps its events for ever, so any number of days is shorter.",
        looks_like="`the log group … keeps events for ever, not 30 days: shortening it deletes "
        "events`.",
        do="if the old events may go, set `allow.shorterRetention: true`, and take it out again "
        "afterwards. All policies whose services log to the group must say so. Where it is "
        "refused `also of containers for which nobody asks that`, one logs to the group that no "
        "policy in force governs: shorten the retention yourself if its events may go, too.",
        by_itself="no.",
    ),
)
