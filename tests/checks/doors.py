"""An import contract: a module of the house is entered by its public.py alone.

import-linter's `protected` contract says this of one module at a time; this one says it of every module there
is, so that a new one needs no line of configuration.
"""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output
from importlinter.domain import fields

HOUSE = "frontstage"
DOOR = "public"


class DoorsContract(Contract):
    """``open``: folders without a door. ``mounting`` may also import the ``mounted`` parts of any folder."""

    open = fields.SetField(subfield=fields.StringField())
    mounting = fields.SetField(subfield=fields.StringField())
    mounted = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        wrong = sorted(
            f"{importer} -> {imported} (line {self._line(graph, importer, imported)})"
            for imported in graph.find_descendants(HOUSE)
            for importer in graph.find_modules_that_directly_import(imported)
            if not self._may_enter(importer.split("."), imported.split("."))
        )
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def _may_enter(self, importer: list[str], imported: list[str]) -> bool:
        if importer[0] != HOUSE or len(importer) < 2 or len(imported) < 3 or importer[1] == imported[1]:
            return True
        if imported[1] in self.open or imported[2:3] == [DOOR]:  # type: ignore[operator]
            return True
        mounts = importer[1] in self.mounting  # type: ignore[operator]
        return mounts and imported[2:3] and imported[2] in self.mounted  # type: ignore[operator,return-value]

    @staticmethod
    def _line(graph: ImportGraph, importer: str, imported: str) -> int:
        return graph.get_import_details(importer=importer, imported=imported)[0]["line_number"]

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["wrong"]:
            output.print_error(line)
        output.print_error("Ask for it in the module's public.py instead.")
