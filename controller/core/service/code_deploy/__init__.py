"""Services that CodeDeploy deploys: their deployment group, its AppSpecs, and how ours are doing.

What their `deployments` do not show, their task sets and CodeDeploy's deployments do [fact 4.13].
"""
