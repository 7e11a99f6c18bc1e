"""What a constant expression in Nova's code is worth, found out by reading: nothing is imported or run."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

from .source import Source, parse


class Unreadable(Exception):
    """The expression is not a constant that can be worked out by reading."""


@dataclass
class Space:
    """A module or class: what its names are bound to."""

    path: str
    name: str
    nodes: dict[str, ast.expr] = field(default_factory=dict)
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    bases: list[ast.expr] = field(default_factory=list)
    outer: Space | None = None


def space_of(body: list[ast.stmt], path: str, name: str) -> Space:
    """The names bound at the top level of a module's or a class's body."""
    space = Space(path, name)
    for node in body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    space.nodes[target.id] = node.value
        elif isinstance(node, ast.AnnAssign) and node.value and isinstance(node.target, ast.Name):
            space.nodes[node.target.id] = node.value
        elif (
            isinstance(node, ast.AugAssign)
            and isinstance(node.target, ast.Name)
            and node.target.id in space.nodes
        ):
            space.nodes[node.target.id] = ast.BinOp(space.nodes[node.target.id], node.op, node.value)
        elif isinstance(node, ast.ClassDef):
            space.classes[node.name] = node
        elif isinstance(node, ast.Import):
            for alias in node.names:
                space.imports[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                space.imports[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return space


class Names:
    """Looks names up across the modules of one release."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._trees: dict[str, ast.Module] = {}
        self._spaces: dict[str, Space] = {}

    def forget(self) -> None:
        """Drops what was parsed: the trees of one release take much memory."""
        self._trees.clear()
        self._spaces.clear()

    def tree(self, path: str) -> ast.Module:
        if path not in self._trees:
            self._trees[path] = parse(self.source.read(path))
        return self._trees[path]

    def module(self, path: str) -> Space:
        if path not in self._spaces:
            self._spaces[path] = space_of(self.tree(path).body, path, path)
        return self._spaces[path]

    def dotted(self, name: str) -> Space:
        """The module or class called "nova.compute.vm_states" or "nova.objects.fields.InstanceState"."""
        base = name.replace(".", "/")
        for path in (f"{base}.py", f"{base}/__init__.py"):
            if path in self.source.files:
                return self.module(path)
        parent, _, last = name.rpartition(".")
        if not parent:
            raise Unreadable(name)
        return self.member(self.dotted(parent), last)

    def member(self, space: Space, name: str) -> Space:
        """A class or imported module seen from inside `space`."""
        if name in space.classes:
            node = space.classes[name]
            inner = space_of(node.body, space.path, f"{space.name}.{name}")
            inner.bases, inner.outer = node.bases, space
            return inner
        if name in space.imports:
            return self.dotted(space.imports[name])
        raise Unreadable(f"{space.name}.{name}")

    def space(self, node: ast.expr, here: Space) -> Space:
        """The module or class an expression names."""
        if isinstance(node, ast.Name):
            found: Space | None = here
            while found:
                if node.id in found.classes or node.id in found.imports:
                    return self.member(found, node.id)
                found = found.outer
        if isinstance(node, ast.Attribute):
            owner = self.space(node.value, here)
            try:
                return self.member(owner, node.attr)
            except Unreadable:
                return self.dotted(
                    f"{owner.name[:-3].replace('/', '.')}.{node.attr}".replace(".__init__", "")
                )
        raise Unreadable(ast.unparse(node))

    def attribute(self, space: Space, name: str) -> Any:
        """The value of a name in a module or class, its base classes included."""
        if name in space.nodes:
            return self.value(space.nodes[name], space)
        for base in space.bases:
            try:
                return self.attribute(self.space(base, space.outer or space), name)
            except Unreadable:
                continue
        if name in space.imports:
            parent, _, last = space.imports[name].rpartition(".")
            return self.attribute(self.dotted(parent), last)
        raise Unreadable(f"{space.name}.{name}")

    def value(self, node: ast.expr, here: Space) -> Any:
        """The value of a constant expression; raises Unreadable for everything else."""
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return self._name(name, here)
            case ast.Attribute(value=owner, attr=name):
                return self.attribute(self.space(owner, here), name)
            case ast.List(elts=items):
                return [v for item in items for v in self._item(item, here)]
            case ast.Tuple(elts=items):
                return tuple(v for item in items for v in self._item(item, here))
            case ast.Set(elts=items):
                return {v for item in items for v in self._item(item, here)}
            case ast.Dict(keys=keys, values=values):
                return self._dict(keys, values, here)
            case ast.BinOp() | ast.UnaryOp() | ast.JoinedStr():
                return self._operation(node, here)
            case ast.Call():
                return self._call(node, here)
        raise Unreadable(ast.unparse(node))

    def _item(self, item: ast.expr, here: Space) -> list[Any]:
        if isinstance(item, ast.Starred):
            return list(self.value(item.value, here))
        return [self.value(item, here)]

    def _name(self, name: str, here: Space) -> Any:
        found: Space | None = here
        while found:
            if name in found.nodes or name in found.imports:
                return self.attribute(found, name)
            found = found.outer
        raise Unreadable(name)

    def _dict(self, keys: list[ast.expr | None], values: list[ast.expr], here: Space) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        for key, value in zip(keys, values, strict=True):
            if key is None:
                made.update(self.value(value, here))
            else:
                made[self.value(key, here)] = self.value(value, here)
        return made

    def _operation(self, node: ast.expr, here: Space) -> Any:
        try:
            match node:
                case ast.BinOp(left=left, op=ast.Add(), right=right):
                    return self.value(left, here) + self.value(right, here)
                case ast.BinOp(left=left, op=ast.Mult(), right=right):
                    return self.value(left, here) * self.value(right, here)
                case ast.BinOp(left=left, op=ast.Mod(), right=right):
                    return self.value(left, here) % self.value(right, here)
                case ast.BinOp(left=left, op=ast.Pow(), right=right):
                    return self.value(left, here) ** self.value(right, here)
                case ast.BinOp(left=left, op=ast.Sub(), right=right):
                    return self.value(left, here) - self.value(right, here)
                case ast.UnaryOp(op=ast.USub(), operand=operand):
                    return -self.value(operand, here)
                case ast.JoinedStr(values=parts):
                    return "".join(
                        str(
                            self.value(
                                getattr(p, "value", p) if isinstance(p, ast.FormattedValue) else p, here
                            )
                        )
                        for p in parts
                    )
        except (TypeError, ValueError) as error:
            raise Unreadable(f"{ast.unparse(node)}: {error}") from error
        raise Unreadable(ast.unparse(node))

    def _call(self, node: ast.Call, here: Space) -> Any:
        makers = {
            "set": set,
            "frozenset": frozenset,
            "tuple": tuple,
            "list": list,
            "dict": dict,
            "_": str,
            "sorted": sorted,
        }
        if isinstance(node.func, ast.Name) and node.func.id in makers:
            args = [self.value(arg, here) for arg in node.args]
            named: dict[str, Any] = {}
            for keyword in node.keywords:
                value = self.value(keyword.value, here)
                named.update(value if keyword.arg is None else {keyword.arg: value})
            return makers[node.func.id](*args, **named)
        raise Unreadable(ast.unparse(node))


def plain(value: Any) -> Any:
    """A value as JSON has it: tuples as lists in their order, sets as sorted lists."""
    if isinstance(value, set | frozenset):
        return sorted((plain(v) for v in value), key=lambda v: (v is not None, str(v)))
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {key: plain(v) for key, v in value.items()}
    return value
