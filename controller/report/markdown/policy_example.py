"""An example of every key of the language that is served; it stands at the top of docs/policy.md.

A test parses it, and holds that no key is missing.
"""

from __future__ import annotations

from typing import Final

POLICIES: Final = """\
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {name: production}
spec:
  mode: Audit                              # Audit | Enforce | Disabled
  severity: Medium                         # of what it finds, unless `rules` says otherwise
  priority: 100                            # of the policies that match, the highest governs
  match:                                   # any of these; within one, all
    - clusters: ["prod-*"]
      services: ["*"]
      families: ["*"]
      accounts: ["111122223333"]
      regions: ["eu-*"]
      launchTypes: [FARGATE, EC2]
      platforms: [LINUX]
      schedulingStrategies: [REPLICA]
      deploymentControllers: [ECS]
      tags:
        matchLabels: {team: payments}
        matchExpressions: [{key: tier, operator: In, values: [web, api]}]
  exclude:                                 # wins over `match`
    - services: ["legacy-*"]
  containers:
    exclude:                               # agents that ship their own logs
      - {names: [datadog-agent], images: ["*/agent:*"], essential: false}
  variables:
    retention: {from: "{tag:env}", map: {prod: 365, dev: 14}, default: 30}
  destinations:                            # the first that selects a container is its own
    - containers: {names: ["audit-*"]}
      awslogs: {group: "/audit/{cluster}", streamPrefix: "{service}", mode: blocking}
    - awslogs:                             # the last selects all that are left
        group: "/ecs/{cluster}/{service}"
        region: "{region}"
        streamPrefix: "{service}"
        mode: non-blocking
        maxBufferSize: 25m
      keep: [group, region, streamPrefix]  # who logs to CloudWatch already stays where it is
  accept:                                  # shapes that are also fine
    - {driver: splunk, options: {splunk-url: "https://*"}, secretOptions: [splunk-token]}
    - {driver: awsfirelens, output: datadog, secretOptions: [apikey]}
  logGroup:
    create: true
    retentionInDays: "{var:retention}"
    retention: AtLeast                     # whoever keeps events longer may
    kmsKeyId: alias/logs
    class: STANDARD
    deletionProtection: true
  rules:
    delivery-mode: {mode: Audit, severity: High}
  owners:                                  # Audit | Patch | Enforce
    cloudformation: Patch
    cdk: Patch
    copilot: Patch
    controller: Audit
    named:
      - {name: terraform, tags: {managed-by: "terraform*"}, mode: Patch}
      - {name: pipeline, principals: ["arn:aws:*:role/deploy*"], mode: Enforce}
    default: Patch
  ownerTags: Honour
  effectiveFrom: 2027-01-01
  gracePeriod: 7d                          # Enforce is Audit for so long
  rollout:
    maxConcurrent: {total: 4, perAccount: 2, perCluster: 1}
    maxPer: {share: 10%, in: 24h}
    cooldown: 10m
    bakeTime: 5m
    progressDeadline: 15m
    waves:                                 # one after the other
      - name: test
        match: [{clusters: ["prod-test"]}]
        maxConcurrent: {total: 4}
        bake: 30m
        promotion: Manual                  # waits for `approve wave`
      - {name: others}                       # the last may take all that are left
    windows:                               # `deny` wins; with any `allow`, closed otherwise
      - {zone: Europe/Berlin, allow: {days: [Mon, Tue, Wed], from: 22:00, to: 04:00}}
      - {zone: UTC, allow: {cron: 0 10 * * 6, duration: 4h}}
      - {zone: Europe/Berlin, deny: {cron: 0 0 15 12 *, duration: 21d}}
    maxFailures: {inARow: 2, share: 20%, ofLast: 20}   # or a number: so many in a row
    latchRetry: 7d
    settle: 10m
    onRelease: Correct
    maxRecorrections: 2
  allow:                                   # what is refused unless asked for by name
    interruption: false
    scaledToZero: false
    sharedFamilies: false
    inactiveBase: Refuse
    shorterRetention: false
    codeDeploy: false
    deregisterSuperseded: false
---
apiVersion: ecs-logging/v1alpha1
kind: LoggingPolicy
metadata: {name: production-canary}
spec:
  extends: production                      # all of it, save `mode`
  priority: 200
  match:
    - clusters: ["prod-canary"]
---
apiVersion: ecs-logging/v1alpha1
kind: PolicyException
metadata: {name: billing-until-q1}
spec:
  rules: [log-driver]
  match: [{services: [billing]}]
  containers: [{names: [vendor-*]}]
  reason: The vendor's image cannot log to standard output.
  expires: 2027-03-31                      # to the end of that day, UTC
  owner: payments
  ticket: PAY-1234
---
apiVersion: ecs-logging/v1alpha1
kind: PolicySet
metadata: {name: fleet}
spec: {maxImpact: 20%}
"""

TEST: Final = """\
apiVersion: ecs-logging/v1alpha1
kind: PolicyTest
metadata: {name: production}
spec:
  policies: [production.yaml]              # without it, the file beside this one
  date: 2026-11-22
  given:                                   # to all cases
    account: "111122223333"
    region: eu-central-1
    cluster: prod-canary
    service: web
    tags: {team: payments}
  cases:
    - name: a container that logs nowhere gets the group of its service
      given:
        taskDefinition:
          family: web
          containerDefinitions: [{name: web, image: "shop/web:1"}]
      expect:
        governedBy: production-canary
        sync: Drifted
        findings: [{rule: log-driver, container: web, blocked: AuditOnly}]
    - name: on the day after its last, the exception is over
      date: 2027-04-01
      given:
        service: billing
        taskDefinition:
          family: billing
          containerDefinitions: [{name: vendor-billing, image: "vendor/billing:4"}]
      expect: {sync: Drifted, exemptBy: []}
"""
