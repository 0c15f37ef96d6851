"""Several hosts (ADR 0227): compose file, manifests and proxy are looked at by their own tools, and agree with the portal."""

import json
import re
import shutil
import subprocess
from importlib.resources import files

import jsonschema
import kubernetes_validate
import pytest
import yaml
from django.conf import settings

from ops.make_secrets import FROM_OTHERS
from records.uploads import MAX_CASE, MAX_SIZE, MEGABYTE
from tten import serving
from tten.queues import WORKERS

pytestmark = pytest.mark.heavy  # they read schemas
OPS = settings.BASE_DIR / "ops"
COMPOSE = yaml.safe_load((OPS / "hosts" / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
NGINX = (OPS / "nginx" / "tten.conf.template").read_text()
MANIFESTS = [
    one for path in sorted((OPS / "kubernetes").glob("*.yaml")) for one in yaml.safe_load_all(path.read_text())
]
SECRET = re.compile(r"PASSWORD|SECRET|_URL$|KEY$")
MADE = {"secret_key", "owner_url", "database_url", "redis_url", "application_password", *FROM_OTHERS}
VERSION = "1.37.0"  # of Kubernetes
ROOM = 10 * MEGABYTE  # for the fields of the form


def of_kind(kind):
    return {one["metadata"]["name"]: one["spec"] for one in MANIFESTS if one["kind"] == kind}


def containers():
    for spec in (*of_kind("Deployment").values(), *of_kind("Job").values()):
        pod = spec["template"]["spec"]
        yield from (*pod["containers"], *pod.get("initContainers", ()))


def told(command):
    """What celery is told of queues, pool and hands."""
    return tuple(str(word) for word in command[command.index("--queues") : command.index("--loglevel")])


def test_the_compose_file_is_one_by_its_schema():
    schema = files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text()
    for name in ("docker-compose.yml", "ops/hosts/docker-compose.yml"):
        jsonschema.validate(yaml.safe_load((settings.BASE_DIR / name).read_text()), json.loads(schema))


def test_a_host_runs_what_its_profiles_say_and_the_workers_are_those_of_the_queues():
    by_profile = {}
    for name, service in SERVICES.items():
        by_profile.setdefault(*service["profiles"], set()).add(name)
    assert by_profile == {
        "proxy": {"proxy", "static"},
        "web": {"web"},
        "worker": set(WORKERS),
        "beat": {"beat"},
        "migrate": {"migrate"},
    }
    for name, words in WORKERS.items():
        given = told(SERVICES[name]["command"])
        assert tuple(re.sub(r"\$\{\w+:-(\d+)\}", r"\1", word) for word in given) == words


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_service_gains_a_right_keeps_papers_or_names_a_secret(name):
    service = SERVICES[name]
    assert (service["read_only"], service["cap_drop"], bool(service["mem_limit"])) == (True, ["ALL"], True)
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert [volume for volume in service.get("volumes", ()) if "/app/var/media" in volume] == []
    given = service.get("environment", {})
    plain = {key for key in given if SECRET.search(key.removesuffix("_FILE")) and not key.endswith("_FILE")}
    assert plain - {"S3_KEY"} == set()  # the name of an account
    named = {value.rpartition("/")[2] for value in map(str, given.values()) if value.startswith("/run/secrets/")}
    assert named - set(service.get("secrets", ())) == set()
    assert set(service.get("secrets", ())) - MADE == set()


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda one: f"{one['kind']} {one['metadata']['name']}")
def test_a_manifest_is_one_by_the_schema_of_kubernetes(manifest):
    kubernetes_validate.validate(manifest, VERSION, strict=True)


@pytest.mark.kubectl
def test_the_whole_of_them_is_put_together_by_kubectl():
    made = subprocess.run([shutil.which("kubectl"), "kustomize", str(OPS)], capture_output=True, text=True, check=True)
    together = list(yaml.safe_load_all(made.stdout))
    assert len(together) == len(MANIFESTS) + 3  # three maps of settings and files
    for manifest in together:
        kubernetes_validate.validate(manifest, VERSION, strict=True)
    maps = {
        re.sub("-[a-z0-9]{10}$", "", one["metadata"]["name"]): one for one in together if one["kind"] == "ConfigMap"
    }
    assert maps["nginx"]["data"] == {"tten.conf.template": NGINX}
    assert {value for key, value in maps["tten"]["data"].items() if key.endswith("_FILE")} - {"/tmp/metrics"} <= {
        f"/run/secrets/{name}" for name in MADE
    }


def test_every_container_has_its_share_and_no_right():
    for container in containers():
        assert container["resources"].keys() == {"requests", "limits"}
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }


def test_whoever_serves_is_probed_and_is_never_lost_as_a_whole():
    deployments, budgets = of_kind("Deployment"), of_kind("PodDisruptionBudget")
    assert set(deployments) == {"web", "proxy", "beat", *WORKERS}
    assert set(budgets) == set(deployments) - {"beat"}
    for name, spec in deployments.items():
        (container,) = spec["template"]["spec"]["containers"]
        if name in {"web", "proxy"}:
            assert {"startupProbe", "livenessProbe", "readinessProbe"} <= container.keys()
        elif name != "beat":
            assert "livenessProbe" in container
            assert told(container["command"]) == WORKERS[name]
        if name in budgets:
            assert spec["replicas"] >= 2 > budgets[name]["minAvailable"]
            assert budgets[name]["selector"] == spec["selector"]
    assert (deployments["beat"]["replicas"], deployments["beat"]["strategy"]) == (1, {"type": "Recreate"})


def test_the_proxy_takes_what_the_portal_takes_and_says_the_same():
    (most,) = re.findall(r"client_max_body_size (\d+)m;", NGINX)
    assert int(most) * MEGABYTE == MAX_CASE + ROOM
    said = (OPS / "nginx" / "_said" / "413.html").read_text()
    assert f"超过 {most} MB" in said
    assert f"单个文件不超过 {MAX_SIZE // MEGABYTE} MB" in said
    (header,) = re.findall(r"large_client_header_buffers \d+ (\d+)k;", NGINX)
    assert int(header) * 1024 > serving.limit_request_line
    (line,) = re.findall(r"keepalive_timeout (\d+)s;", NGINX)
    assert int(line) < serving.keepalive
    (waits,) = re.findall(r"proxy_read_timeout (\d+)s;", NGINX)
    assert int(waits) > serving.timeout
    assert "proxy_request_buffering on;" in NGINX
