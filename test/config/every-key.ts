/** A configuration in which every key stands. */
export const everyKey: string = `# yaml-language-server: $schema=x
version: 1
paths: [dags, ./more/]
exclude: ["dags/archive/**"]
maxFileSize: 2MB
source:
  airflow: "2.10.3"
  provider: "9.0.1"
  sourceRoots: [dags, plugins]
  templateSearchPath: [templates]
  ignoreSyntax: regexp
target:
  operator: my.bpg.Operator
  operatorSource: plugins/bpg_operator.py
  profile: standalone
  connectionId: other_connection
  payload: content
  applicationTimeout: 1h30m
  accountingLabels: true
  gatewayConfig: platform/bpg-config.yaml
routing:
  - connection: emr_on_eks_connection_1
    namespace: phi-*
    not-dag: "x_*"
    queue: phi-batch
    spotInstance: false
    labels: { cost-center: insights }
  - queue:
isolation:
  - { match: { namespace: "phi-*" }, queues: ["phi-*"] }
queues:
  phi-batch:
    maxRunning: 12h
    provides:
      serviceAccounts: [spark-phi]
      secrets: ["phi-*"]
      configMaps: []
      claims: []
      pullSecrets: []
  poc: { provides: all }
classes:
  - { name: utils.safe.SafeSparkKubernetesOperator, as: operator, replace: definition }
sharedDefinitions: in-place
sensors: keep
strict: [waits, core-limit]
severity: {}
accept:
  - { field: driver.tolerations, queue: phi-batch, reason: "tainted by the platform", until: 2027-03-31 }
owners: { "dags/a/**": team-a }
waves: { "clinical_*": 2 }
`;
