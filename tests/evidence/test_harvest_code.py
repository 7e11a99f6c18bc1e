"""Reading code: constants, guards, bodies, controllers, policies, drivers, options, each from a tiny made-up Nova."""

from __future__ import annotations

import ast
import zipfile

import pytest
from evidence.harvesting import body_checks, drivers, guards, options, policies, responses, states
from evidence.harvesting.names import Names, Unreadable, plain
from evidence.harvesting.source import Source, parse, rename_async

STATES = {
    "nova/objects/fields.py": """
class InstanceState(Base):
    ACTIVE = 'active'
    STOPPED = 'stopped'
    ALL = (ACTIVE, STOPPED)
class InstanceTaskState(Base):
    REBOOTING = 'rebooting'
class InstancePowerState(Base):
    _UNUSED = '_unused'
    RUNNING = 'running'
""",
    "nova/compute/vm_states.py": """
from nova.objects import fields
ACTIVE = fields.InstanceState.ACTIVE
STOPPED = fields.InstanceState.STOPPED
ALLOW_SOFT_REBOOT = [ACTIVE]
ALLOW_HARD_REBOOT = ALLOW_SOFT_REBOOT + [STOPPED]
""",
    "nova/compute/task_states.py": """
from nova.objects import fields
REBOOTING = fields.InstanceTaskState.REBOOTING
ALLOW_REBOOT = [None, REBOOTING]
""",
    "nova/exception.py": """
class NovaException(Exception):
    code = 500
class Invalid(NovaException):
    code = 400
class InstanceInvalidState(Invalid):
    pass
""",
}


@pytest.fixture
def nova(tmp_path):
    """A function that makes a wheel of {path: code} and gives what reads it."""

    def make(files):
        wheel = tmp_path / "nova.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            for path, text in {"nova/__init__.py": "", **files}.items():
                archive.writestr(path, text)
        source = Source(34, "34.0.0", wheel, None)
        return source, Names(source)

    return make


def value(nova, expression, **files):
    _, names = nova(
        {**STATES, "nova/x.py": f"import nova.conf\nfrom nova.compute import vm_states\nX = {expression}"}
    )
    here = names.module("nova/x.py")
    return plain(names.value(here.nodes["X"], here))


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("vm_states.ALLOW_HARD_REBOOT", ["active", "stopped"]),
        ("set(vm_states.ALLOW_HARD_REBOOT)", ["active", "stopped"]),
        ("[vm_states.ACTIVE, *vm_states.ALLOW_SOFT_REBOOT]", ["active", "active"]),
        ("'rule:%s' % vm_states.ACTIVE", "rule:active"),
        ("f'{vm_states.ACTIVE}!'", "active!"),
        ("dict({'a': 1}, **{'b': -2})", {"a": 1, "b": -2}),
        ("2 ** 3 - 1", 7),
        ("None", None),
    ],
)
def test_constants_are_worked_out(nova, expression, expected):
    assert value(nova, expression) == expected


@pytest.mark.parametrize(
    "expression", ["CONF.x", "vm_states.NO_SUCH", "len([1])", "[a for a in b]", "1 + 'a'"]
)
def test_what_is_no_constant_is_refused(nova, expression):
    with pytest.raises(Unreadable):
        value(nova, expression)


def test_async_as_a_name_is_read_and_lines_stay():
    text = "# async\nf(async=1,\n  x='async')\n"
    assert rename_async(text) == "# async\nf(async_=1,\n  x='async')\n"
    assert isinstance(parse(text), ast.Module)


def test_states_and_their_lists(nova):
    facts = states.read_states(*nova(STATES))
    assert {"name": "STOPPED", "value": "stopped"} in facts.lists["vm_states"]
    assert [entry["name"] for entry in facts.lists["constants"]] == [
        "ALLOW_SOFT_REBOOT",
        "ALLOW_HARD_REBOOT",
        "ALLOW_REBOOT",
    ]
    assert facts.unread == []


def test_the_state_map(nova):
    common = """
from nova.compute import task_states, vm_states
_STATE_MAP = {
    vm_states.ACTIVE: {'default': 'ACTIVE', task_states.REBOOTING: 'REBOOT', task_states.NO_SUCH: 'X'},
}
def status_from_state(vm_state, task_state='default'):
    return _STATE_MAP.get(vm_state, dict(default='UNKNOWN'))
"""
    facts = states.read_state_map(*nova({**STATES, "nova/api/openstack/common.py": common}))
    assert facts.lists["pairs"] == [
        {"vm_state": "active", "task_state": "default", "status": "ACTIVE"},
        {"vm_state": "active", "task_state": "rebooting", "status": "REBOOT"},
    ]
    assert [e["status"] for e in facts.lists["statuses"]] == ["ACTIVE", "REBOOT", "UNKNOWN"]
    assert len(facts.unread) == 1


API = """
import functools
from nova import exception
from nova.compute import task_states, vm_states
def check_instance_state(vm_state=None, task_state=(None,), must_have_launched=True):
    def outer(f):
        raise exception.InstanceInvalidState(f)
    return outer
def reject_instance_state(vm_state=None, task_state=None):
    _Bad = functools.partial(exception.InstanceInvalidState, 1)
    raise _Bad()
def check_instance_lock(function):
    pass
def check_instance_host(check_is_up=False):
    pass
class API:
    @check_instance_lock
    @check_instance_host(check_is_up=True)
    @check_instance_state(vm_state=[vm_states.STOPPED, vm_states.ACTIVE])
    def stop(self, context, instance):
        self._stop(context, instance)
    @reject_instance_state(task_state=[task_states.REBOOTING])
    def look(self, context, instance):
        pass
    @check_instance_state(vm_state=CONF.surprise)
    def odd(self, context, instance):
        pass
    @check_instance_state(must_have_launched=False)
    def _stop(self, context, instance):
        if instance.vm_state != vm_states.ACTIVE:
            raise exception.InstanceInvalidState(instance)
        try:
            instance.task_state = task_states.REBOOTING
            instance.save(expected_task_state=[None])
        except KeyError:
            raise exception.Missing()
    def other(self, context):
        pass
"""


@pytest.fixture
def api(nova):
    return guards.read(*nova({**STATES, "nova/compute/api.py": API}))


def without_lines(entries):
    return [{key: value for key, value in entry.items() if key != "last_line"} for entry in entries]


def test_guards_with_their_defaults(api):
    assert without_lines(api.lists["guards"]) == [
        {
            "method": "stop",
            "guard": "check_instance_state",
            "vm_state": ["active", "stopped"],
            "task_state": [None],
            "must_have_launched": True,
        },
        {"method": "look", "guard": "reject_instance_state", "vm_state": [], "task_state": ["rebooting"]},
        {
            "method": "_stop",
            "guard": "check_instance_state",
            "vm_state": "any",
            "task_state": [None],
            "must_have_launched": False,
        },
    ]


def test_a_guard_that_cannot_be_read_is_listed(api):
    assert {"where": "nova/compute/api.py odd @check_instance_state", "what": "vm_state: CONF"} in api.unread


def test_decorators_keep_their_order_and_arguments(api):
    order = ["check_instance_lock", "check_instance_host", "check_instance_state"]
    assert without_lines(api.lists["methods"])[0] == {"method": "stop", "decorators": order}
    assert {
        "method": "stop",
        "decorator": "check_instance_host",
        "arguments": {"check_is_up": True},
    } in without_lines(api.lists["decorators"])


def test_checks_inside_a_body(api):
    assert without_lines(api.lists["checks"]) == [
        {"method": "_stop", "raises": "InstanceInvalidState", "kind": "vm_state"},
        {"method": "_stop", "raises": "Missing", "kind": "exception", "after": ["KeyError"]},
    ]
    assert without_lines(api.lists["comparisons"]) == [
        {"method": "_stop", "attribute": "vm_state", "test": "not in", "values": ["active"]}
    ]


def test_states_written_and_expected(api):
    assert without_lines(api.lists["sets"]) == [
        {"method": "_stop", "attribute": "task_state", "value": "rebooting"}
    ]
    assert without_lines(api.lists["expects"]) == [{"method": "_stop", "task_states": [None]}]
    assert api.lists["calls"] == [{"method": "stop", "calls": "_stop"}]


def test_definitions_and_codes_of_exceptions(api):
    raised = {entry["decorator"]: entry["raises"] for entry in api.lists["definitions"]}
    assert raised["check_instance_state"] == raised["reject_instance_state"] == ["InstanceInvalidState"]
    assert api.lists["exceptions"] == [{"exception": "InstanceInvalidState", "code": 400}]
    assert any("Missing" in entry["where"] for entry in api.unread)


def test_a_hash_of_code_ignores_comments_docstrings_and_wrappers():
    def of(code):
        return body_checks.tree_digest(ast.parse(code).body[0])

    first = of("def f():\n    'doc'\n    @six.wraps(f)\n    def g():\n        return 1\n    return g")
    second = of("def f():\n    # said\n    @functools.wraps(f)\n    def g(): return 1\n    return g")
    assert first == second != of("def f():\n    def g(): return 2\n    return g")


CONTROLLER = """
from nova import exception
class PauseServerController:
    @wsgi.api_version('2.1', '2.5')
    @wsgi.response(202)
    @wsgi.expected_errors((409, 404))
    @wsgi.action('pause')
    @validation.schema(schema.pause, '2.1', '2.3')
    def _pause(self, req, id, body):
        context.can('os:pause')
        if api_version_request.is_supported(req, '2.3'):
            self._help(id)
    def _help(self, id):
        try:
            self.compute_api.pause(id)
        except (exception.InstanceIsLocked, exception.InstanceInvalidState) as e:
            raise exc.HTTPConflict(explanation=e)
"""
VIEW = "class ViewBuilder:\n    _fault_statuses = ('ERROR',)\n    _progress_statuses = ()\n"


def test_controller_methods(nova):
    folder = "nova/api/openstack/compute"
    facts = responses.read(
        *nova({f"{folder}/pause_server.py": CONTROLLER, f"{folder}/views/servers.py": VIEW})
    )
    key = {"operation": "pause_server.PauseServerController._pause", "min": "2.1", "max": "2.5"}
    assert without_lines(facts.lists["operations"]) == [
        {**key, "action": "pause", "success": 202, "errors": [404, 409]}
    ]
    assert facts.lists["refusals"] == [
        {**key, "exception": "InstanceIsLocked", "code": 409},
        {**key, "exception": "InstanceInvalidState", "code": 409},
    ]
    assert facts.lists["calls"] == [{**key, "calls": "pause"}]
    assert facts.lists["policies"] == [{**key, "policy": "os:pause"}]
    assert facts.lists["gates"] == [{**key, "microversion": "2.3"}]
    assert facts.lists["schemas"][0]["schema"] == "pause"


def test_policies_are_expanded(nova):
    base = """
ADMIN = 'rule:admin'
OLD = policy.DeprecatedRule('old', 'rule:admin')
rules = [policy.RuleDefault('admin', 'role:admin'), policy.RuleDefault('owner', 'rule:admin or project_id:%(x)s')]
"""
    module = """
from nova.policies import base
NAME = 'os-pause:%s'
rules = [
    policy.DocumentedRuleDefault(
        name=NAME % 'pause', check_str='rule:owner', description='', scope_types=['project'],
        operations=[{'method': 'POST', 'path': '/servers'}], deprecated_rule=base.OLD),
]
"""
    switch = "opts.set_defaults(CONF, enforce_scope=True)"
    files = {
        "nova/policies/base.py": base,
        "nova/policies/pause_server.py": module,
        "nova/policy.py": switch,
    }
    facts = policies.read(*nova(files))
    assert facts.lists["rules"] == [
        {
            "module": "pause_server",
            "rule": "os-pause:pause",
            "check": "rule:owner",
            "expanded": "role:admin or project_id:%(x)s",
            "scope_types": ["project"],
            "deprecated_rule": {"rule": "old", "check": "rule:admin", "expanded": "role:admin"},
        }
    ]
    assert facts.lists["operations"] == [{"rule": "os-pause:pause", "method": "POST", "path": "/servers"}]
    assert facts.lists["switches"] == [
        {"option": "enforce_new_defaults", "value": None},
        {"option": "enforce_scope", "value": True},
    ]


def test_brackets_only_where_an_expansion_has_parts():
    base = {"a": "role:a", "b": "rule:a or role:b"}
    assert policies.expand("rule:b and rule:a", base) == "(role:a or role:b) and role:a"
    assert policies.expand("rule:b", base) == "role:a or role:b"
    assert policies.expand("rule:unknown", base) == "rule:unknown"


def test_drivers(nova):
    base = """
class ComputeDriver:
    capabilities = {'supports_a': False, 'supports_b': False}
    def suspend(self): raise NotImplementedError()
    def cleanup(self):
        '''Nothing to do.'''
    def not_overridden(self): return 1
"""
    driver = """
from nova.virt import driver
class XDriver(driver.ComputeDriver):
    capabilities = {'supports_a': True}
    def __init__(self):
        if CONF.b:
            self.capabilities['supports_b'] = True
    def suspend(self):
        msg = 'no'
        raise NotImplementedError(msg)
    def cleanup(self): self.x()
    def extra(self): pass
"""
    fake = "from nova.virt import driver\nclass FakeDriver(driver.ComputeDriver):\n    pass\n"
    files = {
        "nova/virt/driver.py": base,
        "nova/virt/fake.py": fake,
        "nova/virt/x/__init__.py": "",
        "nova/virt/x/driver.py": driver,
    }
    facts = drivers.read(*nova(files))
    assert facts.lists["methods"] == [
        {"driver": "x", "method": "cleanup", "behaviour": "code"},
        {"driver": "x", "method": "suspend", "behaviour": "raises NotImplementedError"},
    ]
    assert {"method": "cleanup", "default": "nothing"} in facts.lists["interface"]
    assert [(e["flag"], e["value"]) for e in facts.lists["capabilities"] if e["driver"] == "x"] == [
        ("supports_a", True),
        ("supports_b", "depends"),
    ]


def test_options(nova):
    conf = """
from oslo_config import cfg
group = cfg.OptGroup('libvirt', title='x')
interval_opts = [cfg.IntOpt('shelved_offload_time', default=0, help='Time in seconds.')]
other = [cfg.StrOpt('live_migration_timeout_action', default='abort', choices=[('b', 'said'), ('abort', 'said')])]
ALL = interval_opts + []
def register_opts(conf):
    conf.register_opts(ALL)
    conf.register_opts(other, group=group)
"""
    facts = options.read(*nova({"nova/conf/compute.py": conf}))
    first, second = without_lines(facts.lists["options"])
    assert first == {
        "option": "shelved_offload_time",
        "group": "DEFAULT",
        "type": "int",
        "default": 0,
        "unit": "seconds",
        "file": "nova/conf/compute.py",
    }
    assert (second["group"], second["choices"]) == ("libvirt", ["abort", "b"])
