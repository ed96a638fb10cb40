"""The inner nodes of the tree over the entries, so that one proof needs few rows.

Derived: written with each entry, made again where they are missing or wrong.
"""

from collections.abc import Iterable

from affiant.errors import IntegrityError
from affiant.log.nodes import GrownTree, inner_count
from affiant.log.tree import Node, leaf_hash
from affiant.store.recorded import Table


class TreeStore(Table):
    """Looks up roots of perfect subtrees; those of one leaf come from the entries."""

    _NODE = "select hash from tree_node where level = :level and at = :at"
    _LEAF = "select header, signature from entry where position = :at"

    def node(self, level: int, *, at: int) -> bytes:
        """Return one node.

        Raises:
            IntegrityError: It is not there.
        """
        if level == 0:
            for header, signature in self._db.execute(self._LEAF, {"at": at}):
                return leaf_hash(header + signature)
        for (found,) in self._db.execute(self._NODE, {"level": level, "at": at}):
            return bytes(found)
        raise IntegrityError(
            f"node {at} of level {level} of the tree is missing",
            remedy="Run 'affiant check --repair': the tree is made again from the entries.",
        )

    _ADD = "insert or replace into tree_node (level, at, hash) values (:level, :at, :hash)"

    def keep(self, nodes: Iterable[Node]) -> None:
        """Store nodes; call inside the transaction that stores their entries."""
        rows: list[dict[str, object]] = [
            {"level": node.level, "at": node.at, "hash": node.hash} for node in nodes
        ]
        self._db.many(self._ADD, rows)

    _ALL = "select level, at, hash from tree_node order by level, at"
    _DROP = "delete from tree_node"

    def differs(self, leaves: list[bytes]) -> bool:
        """Tell whether the stored nodes are not those of these leaf hashes."""
        rows = self._db.execute(self._ALL)
        if len(rows) != inner_count(len(leaves)):
            return True
        wanted = [(node.level, node.at, node.hash) for node in GrownTree(leaves).inner()]
        return [tuple(row) for row in rows] != wanted

    def renew(self, leaves: Iterable[bytes]) -> None:
        """Make every node again; call inside a transaction."""
        self._db.execute(self._DROP)
        self.keep(GrownTree(leaves).inner())
