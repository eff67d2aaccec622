/** Texts of DAG files, helper modules and documents as platforms have them. */
import { noun, pick, prose, verb } from './words.mjs';

const header = (random, name) =>
  `"""${name}: ${prose(random, 18)}.\n\n${prose(random, 30)}.\n"""\n\nfrom datetime import datetime, timedelta\n\nfrom airflow import DAG\n`;

function plainTask(random, index) {
  const name = `${verb(random)}_${noun(random)}_${index}`;
  const kind = pick(random, ['bash', 'python', 'sql', 'sensor']);
  if (kind === 'bash')
    return `    # ${prose(random, 12)}\n    t${index} = BashOperator(\n        task_id="${name}",\n        bash_command="echo {{ ds }} && run-${name} --limit ${Math.floor(random() * 1000)}",\n        retries=${Math.floor(random() * 4)},\n        execution_timeout=timedelta(minutes=${10 + index}),\n    )\n`;
  if (kind === 'python')
    return `    def _${name}(**context):\n        """${prose(random, 14)}."""\n        rows = [row for row in context["params"].get("rows", []) if row]\n        if not rows:\n            return None\n        return {"count": len(rows), "first": rows[0]}\n\n    t${index} = PythonOperator(task_id="${name}", python_callable=_${name}, params={"rows": [1, 2, ${index}]})\n`;
  if (kind === 'sql')
    return `    t${index} = SQLExecuteQueryOperator(\n        task_id="${name}",\n        conn_id="warehouse",\n        sql="""\n        SELECT ${noun(random)}, count(*)\n        FROM ${noun(random)}\n        WHERE day = '{{ ds }}'  -- ${prose(random, 8)}\n        GROUP BY 1\n        """,\n    )\n`;
  return `    t${index} = ExternalTaskSensor(\n        task_id="${name}",\n        external_dag_id="${noun(random)}_daily",\n        external_task_id="done",\n        mode="reschedule",\n        timeout=${3600 * (1 + index)},\n    )\n`;
}

const plainImports = `from airflow.operators.bash import BashOperator\nfrom airflow.operators.python import PythonOperator\nfrom airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator\n`;
const sparkImports = `from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator\n`;
const sensorImports = `from airflow.providers.cncf.kubernetes.sensors.spark_kubernetes import SparkKubernetesSensor\n`;
const externalImport = `from airflow.sensors.external_task import ExternalTaskSensor\n`;

function withDag(random, name) {
  return `\nwith DAG(\n    "${name}",\n    schedule="@daily",\n    start_date=datetime(2024, 1, 1),\n    default_args={"owner": "${noun(random)}", "depends_on_past": False},\n    tags=["${noun(random)}"],\n):\n`;
}

/** A DAG without Spark, about `bytes` long. */
export function plainDag(random, name, bytes) {
  let text = header(random, name) + plainImports + externalImport + withDag(random, name);
  let index = 0;
  while (text.length < bytes - 60) text += plainTask(random, index++);
  const chain = Array.from({ length: index }, (_, at) => `t${at}`).join(' >> ');
  return `${text}    ${index > 1 ? chain : 'pass'}\n`;
}

/** A helper module with functions and classes, about `bytes` long. */
export function helperModule(random, name, bytes) {
  let text = `"""${name}: ${prose(random, 10)}."""\n\nimport json\nimport os\n\n`;
  let index = 0;
  while (text.length < bytes)
    text += `\ndef ${verb(random)}_${noun(random)}_${index++}(path, limit=${Math.floor(random() * 100)}):\n    """${prose(random, 16)}."""\n    with open(os.path.join(path, "${noun(random)}.json")) as file:\n        rows = json.load(file)\n    return [row for row in rows if row.get("${noun(random)}", 0) > limit]\n`;
  return text;
}

/** A DAG of `tasks` Spark tasks with their documents: files beside it, every third in a constant, every fourth with a sensor. */
export function sparkDag(random, name, tasks, bytes) {
  const documents = {};
  let constants = '';
  let body = '';
  const chain = [];
  for (let index = 0; index < tasks; index++) {
    const id = `${verb(random)}_${noun(random)}_${index}`;
    const text = sparkDocument(random, id);
    const inConstant = index % 3 === 2;
    const reference = inConstant ? `DOCUMENT_${index}` : `"${name}_${index}.yaml"`;
    if (inConstant) constants += `\nDOCUMENT_${index} = """\n${text}"""\n`;
    else documents[`${name}_${index}.yaml`] = text;
    body += `    s${index} = SparkKubernetesOperator(\n        task_id="${id}",\n        namespace="${noun(random)}",\n        application_file=${reference},\n        kubernetes_conn_id="emr_${index % 4}",  # ${prose(random, 5)}\n        do_xcom_push=False,\n    )\n`;
    chain.push(`s${index}`);
    if (index % 4 === 3) {
      body += `    w${index} = SparkKubernetesSensor(\n        task_id="${id}_done",\n        application_name="{{ task_instance.xcom_pull(task_ids='${id}')['metadata']['name'] }}",\n        timeout=7200,\n        poke_interval=30,\n    )\n`;
      chain.push(`w${index}`);
    }
  }
  let text =
    header(random, name) +
    plainImports +
    sparkImports +
    sensorImports +
    externalImport +
    constants +
    withDag(random, name);
  let extra = 0;
  while (text.length + body.length < bytes - 60) {
    text += plainTask(random, extra);
    chain.push(`t${extra++}`);
  }
  return { dag: `${text}${body}    ${chain.length > 1 ? chain.join(' >> ') : chain[0]}\n`, documents };
}

function sparkDocument(random, name) {
  return `apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\nmetadata:\n  name: ${name.replaceAll('_', '-')}\nspec:\n  type: Python\n  mode: cluster\n  image: registry.example/${noun(random)}:${Math.floor(random() * 9)}\n  sparkVersion: "3.5.1"\n  mainApplicationFile: s3://jobs/${name}.py\n  # ${prose(random, 9)}\n  arguments: ["--rows", "${Math.floor(random() * 1000)}"]\n  sparkConf:\n    spark.sql.shuffle.partitions: "${Math.floor(random() * 400)}"\n  hadoopConf:\n    fs.s3a.path.style.access: "true"\n  driver:\n    cores: 1\n    coreLimit: 1200m\n    memory: 1g\n    serviceAccount: spark\n    labels: {team: ${noun(random)}}\n  executor:\n    instances: ${1 + Math.floor(random() * 8)}\n    cores: 2\n    memory: 4g\n`;
}
