"""docs/workflow.md is what the workflow tables say."""

from config.documentation import WORKFLOW_FILE, WORKFLOWS, workflow_document


def test_document_is_what_the_tables_say() -> None:
    assert WORKFLOW_FILE.read_text(encoding="utf-8") == workflow_document(), "run: python -m config.documentation"


def test_every_state_and_step_of_every_workflow_is_drawn() -> None:
    text = workflow_document()
    for workflow in WORKFLOWS:
        assert f"    [*] --> {workflow.first}\n" in text
        for state, following in workflow.steps.items():
            assert f"| {state} |" in text
            assert all(f"    {state} --> {step}\n" in text for step in following)
