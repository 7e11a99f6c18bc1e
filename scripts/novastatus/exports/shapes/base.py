"""What all shapes rest on, and the shapes that several files use."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from ...model import VERSION


def _name_of(section: str) -> Any:
    """A string that must be a name of the section; `schema.dataset` puts the names in."""
    return WithJsonSchema({"type": "string", "x-names": section})


StatusName = Annotated[str, _name_of("StatusName")]
VmStateName = Annotated[str, _name_of("VmStateName")]
TaskStateName = Annotated[str, _name_of("TaskStateName")]
ActionName = Annotated[str, _name_of("ActionName")]
DriverName = Annotated[str, _name_of("DriverName")]
TaskStates = Literal["any"] | list[TaskStateName | None]
Answer = Literal["accepted", "idle", "part", "refused", "unknown"]


class Shape(BaseModel):
    """Base of all shapes."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, use_attribute_docstrings=True
    )


class Payload(Shape):
    """What every file carries."""

    schema_: str = Field(alias="$schema")
    """The file's schema, relative to the file."""
    schema_version: Literal[VERSION]
    """Version of the contract. Within it fields and values may be added: tolerate what you do not know."""
    nova: str
    """The Nova version that the facts were verified on."""


class States(Shape):
    """A vm_state with some of its task_states."""

    vm_state: VmStateName
    task_states: TaskStates
    """``any``, or the list; null in it means that no task runs."""


class Trigger(Shape):
    """What starts a transition."""

    kind: Literal["action", "internal", "periodic"]
    name: str
    """Name of the action, or of the trigger."""


class Transition(Shape):
    """A move from one status to another."""

    source: StatusName | None
    """Null: there is no server yet."""
    target: StatusName
    trigger: Trigger
    through: list[StatusName]
    """Statuses shown on the way, in order."""
    outcome: Literal["success", "failure"]
    fails: str | None
    """What went wrong, if the outcome is failure."""
    when: str | None
    """The condition under which it goes this way."""
    rests_on: str | None
    """The source, where no run of Nova can show it."""
