/** What becomes of every keyword of SparkKubernetesOperator and SparkKubernetesSensor, in every provider version. */

/** Which provider versions accept the keyword: from 7.14, up to 7.13, only from 7.2 to 7.13, or all. */
export type Since = 'all' | 'pod' | 'old' | 'watch';

export type ParameterRule =
  | { readonly rule: 'payload' | 'connection' | 'cluster' | 'namespace' | 'api-group'; readonly since: Since }
  /** Overwrites a field of the document. */
  | { readonly rule: 'into-document'; readonly since: Since; readonly field: 'name' | 'image' | 'mainApplicationFile' }
  /** About waiting, logs or names: dropped with its reason. */
  | { readonly rule: 'drop'; readonly since: Since; readonly reason: string }
  /** Of the pod operator, without effect on the Spark job. */
  | { readonly rule: 'no-effect'; readonly since: Since }
  | { readonly rule: 'lost'; readonly since: Since; readonly reason: string }
  /** Read by the rules on retries, waiting and cancelling. */
  | { readonly rule: 'hazard'; readonly since: Since };

const waits = 'BPGOperator always waits for the job and shows its log';
const named = 'the submission id is the name of the job';

const drops: Readonly<Record<string, readonly [since: Since, reason: string]>> = {
  watch: ['watch', waits],
  get_logs: ['pod', waits],
  log_events_on_failure: ['pod', waits],
  log_events_on_startup: ['pod', waits],
  log_pod_spec_on_failure: ['pod', waits],
  success_run_history_limit: ['pod', "the gateway's cluster cleans up finished jobs"],
  startup_timeout_seconds: ['pod', 'application_timeout covers the start of the job too'],
  schedule_timeout_seconds: ['pod', 'application_timeout covers the start of the job too'],
  startup_check_interval_seconds: ['pod', waits],
  base_container_status_polling_interval: ['pod', waits],
  logging_interval: ['pod', waits],
  log_formatter: ['pod', waits],
  container_name_log_prefix_enabled: ['pod', waits],
  init_container_logs: ['pod', waits],
  random_name_suffix: ['pod', named],
  delete_on_termination: ['pod', "the time to live that the gateway's cluster sets removes finished jobs"],
  api_version: ['old', 'the request has no API version'],
};
const lost: Readonly<Record<string, string>> = {
  skip_on_exit_code: 'the exit code of the driver does not reach the task',
  callbacks: 'nothing calls them',
  progress_callback: 'nothing calls it',
  on_kill_action: 'the target decides what happens to the job of a killed task',
  durable: 'the target decides how a task finds its job again',
  runtime_class_name: 'a request has no runtime class',
};
/** Accepted and without any effect: the created resource was identical with and without them. */
const podKeywords = [
  'affinity',
  'annotations',
  'arguments',
  'automount_service_account_token',
  'base_container_name',
  'cmds',
  'configmaps',
  'container_logs',
  'container_resources',
  'container_security_context',
  'dns_config',
  'dnspolicy',
  'do_xcom_push_sidecar',
  'env_from',
  'env_vars',
  'full_pod_spec',
  'host_aliases',
  'hostname',
  'hostnetwork',
  'image_pull_policy',
  'image_pull_secrets',
  'init_containers',
  'is_delete_operator_pod',
  'kubernetes_resources',
  'labels',
  'node_selector',
  'on_finish_action',
  'pod_runtime_info_envs',
  'pod_template_dict',
  'pod_template_file',
  'ports',
  'priority_class_name',
  'resources_limits',
  'schedulername',
  'secrets',
  'security_context',
  'service_account_name',
  'subdomain',
  'termination_grace_period',
  'termination_message_policy',
  'tolerations',
  'topology_spread_constraints',
  'active_deadline_seconds',
  'volume_mounts',
  'volumes',
  'xcom_sidecar_container_resources',
  'xcom_sidecar_container_image',
  'xcom_sidecar_container_security_context',
];

const special: Readonly<Record<string, ParameterRule>> = {
  application_file: { rule: 'payload', since: 'all' },
  template_spec: { rule: 'payload', since: 'pod' },
  kubernetes_conn_id: { rule: 'connection', since: 'all' },
  in_cluster: { rule: 'cluster', since: 'all' },
  cluster_context: { rule: 'cluster', since: 'all' },
  config_file: { rule: 'cluster', since: 'all' },
  namespace: { rule: 'namespace', since: 'all' },
  api_group: { rule: 'api-group', since: 'old' },
  name: { rule: 'into-document', since: 'pod', field: 'name' },
  image: { rule: 'into-document', since: 'pod', field: 'image' },
  code_path: { rule: 'into-document', since: 'pod', field: 'mainApplicationFile' },
  reattach_on_restart: { rule: 'hazard', since: 'pod' },
  deferrable: { rule: 'hazard', since: 'pod' },
  poll_interval: { rule: 'hazard', since: 'pod' },
  trigger_kwargs: { rule: 'hazard', since: 'pod' },
  do_xcom_push: { rule: 'hazard', since: 'all' },
};

/** The operator's own keywords. */
export const operatorParameters: Readonly<Record<string, ParameterRule>> = {
  ...Object.fromEntries(podKeywords.map((name) => [name, { rule: 'no-effect', since: 'pod' } as const])),
  ...Object.fromEntries(
    Object.entries(drops).map(([name, [since, reason]]) => [name, { rule: 'drop', since, reason }]),
  ),
  ...Object.fromEntries(Object.entries(lost).map(([name, reason]) => [name, { rule: 'lost', since: 'pod', reason }])),
  ...special,
};

/** BaseOperator's keywords, all versions together: kept with their text unchanged. */
export const baseParameters: ReadonlySet<string> = new Set([
  'task_id',
  'owner',
  'email',
  'email_on_retry',
  'email_on_failure',
  'retries',
  'retry_delay',
  'retry_exponential_backoff',
  'max_retry_delay',
  'retry_policy',
  'start_date',
  'end_date',
  'depends_on_past',
  'ignore_first_depends_on_past',
  'wait_for_past_depends_before_skipping',
  'wait_for_downstream',
  'dag',
  'params',
  'default_args',
  'priority_weight',
  'weight_rule',
  'queue',
  'pool',
  'pool_slots',
  'sla',
  'execution_timeout',
  'on_execute_callback',
  'on_failure_callback',
  'on_success_callback',
  'on_retry_callback',
  'on_skipped_callback',
  'pre_execute',
  'post_execute',
  'trigger_rule',
  'resources',
  'run_as_user',
  'task_concurrency',
  'max_active_tis_per_dag',
  'max_active_tis_per_dagrun',
  'executor',
  'executor_config',
  'do_xcom_push',
  'multiple_outputs',
  'inlets',
  'outlets',
  'task_group',
  'doc',
  'doc_md',
  'doc_json',
  'doc_yaml',
  'doc_rst',
  'task_display_name',
  'logger_name',
  'allow_nested_operators',
  'map_index_template',
  'render_template_as_native_obj',
]);
