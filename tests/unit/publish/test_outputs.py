"""What of an executed chapter a page shows."""

from __future__ import annotations

from nbformat import v4

from shortcase.publish.run.outputs import RECORD, published


def test_what_a_cell_merely_ends_with_is_on_no_page():
    bare = v4.new_output("execute_result", {"text/plain": "0.31170354757121466"}, execution_count=1)
    table = v4.new_output("execute_result", {"text/plain": "a", "text/html": "<p>a</p>"}, execution_count=1)
    printed = v4.new_output("stream", text="so\n")
    record = v4.new_output("display_data", {"text/plain": "a", RECORD: {}})
    notebook = v4.new_notebook(cells=[v4.new_code_cell("x", outputs=[record, printed, table, bare])])
    assert published(notebook)["cells"][0]["outputs"] == [printed, table]
    assert len(notebook["cells"][0]["outputs"]) == 4
