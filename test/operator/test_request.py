"""What is sent: the rendered document, whole and typed, or a failure that says why not."""

from __future__ import annotations

import json

from world import DAGS, REQUEST, VERSION, WithGateway, describe_connection


class Sent(WithGateway):
    def sent(self, arguments: str = "", content: str | None = REQUEST) -> dict:
        """The one body that reached the gateway."""
        self.succeeded(self.run_job(arguments, content))
        [submission] = self.asked("POST")
        self.assertEqual(submission["contentType"], "application/json")
        self.assertEqual(submission["status"], 200)
        return json.loads(submission["body"])

    def test_yaml_text(self):
        sent = self.sent()
        self.assertEqual(sent["executor"]["instances"], 2)
        self.assertEqual(sent["sparkVersion"], "3.5")

    def test_a_path_beside_the_dag_file_rendered(self):
        (DAGS / "spark").mkdir(exist_ok=True)
        (DAGS / "spark" / "pi.bpg.yaml").write_text(REQUEST.replace("instances: 2", "instances: {{ params.n }}"))
        for parameter in ("application_content", "application_file"):
            with self.subTest(parameter):
                self.before = len(self.gateway.requests())
                sent = self.sent(f"{parameter}='spark/pi.bpg.yaml'", None)
                self.assertEqual(sent["executor"]["instances"], 3)

    def test_an_absolute_path(self):
        file = DAGS / "elsewhere.json"
        file.write_text(
            json.dumps(
                {
                    "sparkVersion": "3.5",
                    "type": "Python",
                    "mainApplicationFile": "local:///a.py",
                    "arguments": ["{{ ds }}"],
                }
            )
        )
        self.assertEqual(self.sent(f"application_file={str(file)!r}", None)["arguments"], ["2024-06-03"])

    def test_a_blank_keeps_a_file_from_being_rendered(self):
        file = DAGS / "kept.yaml"
        file.write_text(REQUEST)
        self.assertEqual(self.sent(f"application_content='{file} '", None)["sparkVersion"], "3.5")

    def test_a_path_with_jinja_in_it(self):
        (DAGS / "spark").mkdir(exist_ok=True)
        (DAGS / "spark" / "pi-3.bpg.yaml").write_text(REQUEST.replace("instances: 2", "instances: {{ params.n }}"))
        for folder in ("spark", f"{DAGS}/spark"):
            with self.subTest(folder):
                self.before = len(self.gateway.requests())
                sent = self.sent(f"application_content='{folder}/pi-{{{{ params.n }}}}.bpg.yaml'", None)
                self.assertEqual(sent["executor"]["instances"], 3)

    def test_content_goes_before_a_file(self):
        self.assertEqual(self.sent("application_file='/nowhere.txt'")["applicationName"], "pi")

    def test_text_that_ends_like_a_path_is_text(self):
        content = REQUEST + "arguments:\n- local:///settings.yaml"
        self.assertEqual(self.sent("", content)["arguments"], ["local:///settings.yaml"])

    def test_a_dict_is_rendered_and_sent(self):
        content = {
            "sparkVersion": 3.5,
            "type": "Python",
            "mainApplicationFile": "local:///a.py",
            "arguments": ["--day", "{{ ds }}", 7],
            "executor": {"instances": 2},
        }
        sent = self.sent("", content)
        self.assertEqual(sent["arguments"], ["--day", "2024-06-03", "7"])
        self.assertEqual(sent["sparkVersion"], "3.5")

    def test_scalars_keep_their_text(self):
        content = REQUEST + "sparkConf: {a: 1.50, b: 010, c: yes, d: 2024-01-02, e: 1e3, f: true}\n"
        expected = {"a": "1.50", "b": "010", "c": "yes", "d": "2024-01-02", "e": "1e3", "f": "true"}
        self.assertEqual(self.sent("", content)["sparkConf"], expected)

    def test_json_numbers_keep_their_text(self):
        content = (
            '{"sparkVersion": "3.5", "type": "Python", "mainApplicationFile": "a.py", "sparkConf": {"a": 1.50, "b": 2}}'
        )
        self.assertEqual(self.sent("", content)["sparkConf"], {"a": "1.50", "b": "2"})

    def test_anchors_and_merge_keys_are_resolved(self):
        content = (
            'sparkVersion: "3.5"\ntype: Python\nmainApplicationFile: a.py\nqueue: &q poc\napplicationName: *q\n'
            "driver: &role {cores: 2, memory: 2g}\nexecutor: {<<: *role, cores: 1, instances: 3}\n"
        )
        sent = self.sent("accounting_labels=False", content)
        self.assertEqual(sent["applicationName"], "poc")
        self.assertEqual(sent["executor"], {"cores": 1, "memory": "2g", "instances": 3})
        self.assertEqual(sent["driver"], {"cores": 2, "memory": "2g"})

    def test_accounting_labels(self):
        content = REQUEST.replace("memory: 512m}", "memory: 512m, labels: {task_name: own, team: phi}}")
        sent = self.sent("", content)
        self.assertEqual(sent["driver"]["labels"]["task_name"], "own")
        self.assertEqual(sent["driver"]["labels"]["team"], "phi")
        self.assertEqual(sent["executor"]["labels"]["task_name"], "job")
        self.assertTrue(sent["executor"]["labels"]["dag_name"].startswith("case_"))

    def test_without_accounting_labels(self):
        self.assertNotIn("labels", self.sent("accounting_labels=False")["driver"])

    def test_the_token_of_the_connection(self):
        import os

        from world import CONNECTION

        os.environ[CONNECTION] = describe_connection(self.gateway.url, extra=json.dumps({"queue_token": "t0k3n"}))
        ran = self.run_job()
        self.succeeded(ran)
        self.assertEqual(json.loads(self.asked("POST")[0]["body"])["queueToken"], "t0k3n")
        self.assertNotIn("t0k3n", ran.said)


class NotSent(WithGateway):
    """Each of these the gateway would refuse, or change without a word."""

    def refused(self, words: str, content, arguments: str = "") -> None:
        ran = self.run_job(arguments, content)
        self.failed(ran, words, "AirflowFailException")
        self.assertEqual(self.asked("POST"), [])

    def test_refusals(self):
        cases = {
            "an unknown key": (REQUEST + "tolerations: []\n", "tolerations: the gateway does not know this key"),
            "a dropped key": (
                REQUEST.replace("cores: 1, memory: 512m", "cores: 1, tolerations: []"),
                "driver.tolerations",
            ),
            "a dropped key in a list": (REQUEST + "volumes: [{name: a, emptyDir: {}}]\n", "volumes[0].emptyDir"),
            "a volume without a source": (REQUEST + "volumes: [{name: a}]\n", "volumes[0] has neither"),
            "a secret in env": (
                REQUEST.replace("memory: 512m}", "env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]}"),
                "driver.env[0].valueFrom.secretKeyRef",
            ),
            "a fraction of a core": (
                REQUEST.replace("instances: 2", "instances: 1.5"),
                "executor.instances must be a whole",
            ),
            "an octal number": (
                REQUEST.replace("instances: 2", "instances: 010"),
                "executor.instances must be a whole",
            ),
            "a fraction of memory": (
                REQUEST.replace("512m", "1.5g"),
                "driver.memory must be a whole number with a unit",
            ),
            "memory in Gi": (REQUEST.replace("512m", "1Gi"), "driver.memory"),
            "memory without a unit": (REQUEST.replace("512m", '"1024"'), "driver.memory"),
            "a limit in millicores": (REQUEST.replace("memory: 512m", "coreLimit: 1200m"), "driver.coreLimit"),
            "a request above the limit": (REQUEST.replace("memory: 512m", 'coreRequest: "1.5"'), 'write "2"'),
            "a long version": (REQUEST.replace('"3.5"', "3.5.1"), "sparkVersion must be like"),
            "no version": (REQUEST.replace('sparkVersion: "3.5"\n', ""), "sparkVersion must be like"),
            "sizes in sparkConf alone": (
                REQUEST.replace("memory: 1024m", 'coreLimit: "1"') + "sparkConf: {spark.executor.memory: 8g}\n",
                "write executor.memory",
            ),
            "a denied key": (REQUEST + "sparkConf: {spark.master: local}\n", "denied by the Spark operator"),
            "an ignored factor": (REQUEST + 'overheadFactor: "0.4"\n', "the gateway ignores it"),
            "another mode": (REQUEST + "mode: client\n", "always runs in cluster mode"),
            "a long suffix": (REQUEST + "submissionIdSuffix: Load_Everything\n", "submissionIdSuffix"),
            "a list for a text": (
                REQUEST.replace("image: registry.example/spark:3.5.1", "image: [a]"),
                "image must be a text",
            ),
            "a text for a list": (REQUEST + "arguments: --day\n", "arguments must be a list of texts"),
            "an empty value": (REQUEST + "sparkConf: {a: }\n", "sparkConf[a] must be a text, not empty"),
            "a key twice": (REQUEST + "queue: other\n", "queue is there twice"),
            "two documents": (REQUEST + "---\n" + REQUEST, "no single YAML or JSON document"),
            "nothing": ("# comment\n", "empty"),
            "broken YAML": ("a: [\n", "no single YAML or JSON document"),
            "a manifest": ("apiVersion: sparkoperator.k8s.io/v1beta2\nkind: SparkApplication\n", "translate it first"),
            "unrendered Jinja": (
                "{% raw %}" + REQUEST.replace("instances: 2", "instances: {{ n }}") + "{% endraw %}",
                "instances",
            ),
        }
        for name, (content, words) in cases.items():
            with self.subTest(name):
                self.refused(words, content)

    def test_all_problems_at_once(self):
        ran = self.run_job("", REQUEST + "a: 1\nb: 2\n")
        self.failed(ran, "a: the gateway", "AirflowFailException")
        self.failed(ran, "b: the gateway", "AirflowFailException")

    def test_neither_content_nor_file(self):
        self.refused("neither application_content nor application_file", None)

    def test_a_path_in_s3(self):
        self.refused("s3://bucket/pi.yaml is not read", None, "application_file='s3://bucket/pi.yaml'")

    def test_no_connection_id(self):
        task = self.task()
        task.connection_id = None
        self.failed(self.execute(task), "connection_id is missing", "AirflowFailException")


class Refused(WithGateway):
    """What only the gateway can know: its own words are in the exception."""

    def test_the_gateways_words(self):
        ran = self.run_job("", REQUEST.replace('"3.5"', '"9.9"'))
        self.failed(ran, "the gateway refused the submission: 400", "GatewayError")
        self.assertIn("9.9", str(ran.error))
        self.assertEqual(ran.store, {})

    def test_wrong_password(self):
        import os

        from world import CONNECTION

        os.environ[CONNECTION] = describe_connection(self.gateway.url, password="s3cret-wrong")
        ran = self.run_job()
        self.failed(ran, "401", "GatewayError")
        self.assertNotIn("s3cret-wrong", str(ran.error) + ran.said)


class Parameters(WithGateway):
    def test_an_unknown_keyword_is_an_import_error(self):
        with self.assertRaisesRegex(AssertionError, "Invalid arguments"):
            self.task("application_file_tpye='yaml'")

    def test_an_xcom_makes_an_edge(self):
        from world import DAG_TEXT, load_dag

        text = DAG_TEXT % "application_content=before.output"
        before = "    from airflow.providers.standard.operators.empty import EmptyOperator as Empty\n"
        if VERSION < (3, 0):
            before = "    from airflow.operators.empty import EmptyOperator as Empty\n"
        text = text.replace("    BPGOperator(", before + '    before = Empty(task_id="before")\n    BPGOperator(')
        dag = load_dag(text)
        self.assertEqual(dag.get_task("before").downstream_task_ids, {"job"})
