"""The steps of the loop: ask the model, run tools, guard the answer."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Literal

from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage
from langgraph.runtime import Runtime
from langgraph.types import Command, interrupt

import prompts
from agent.guard import Answer, Second, describe, examine, swapped, unexamined
from agent.head_start import head_start
from agent.state import PERSON, REPAIR, Context, State, answered_calls, this_turn
from tools.errors import ToolError, nearest
from tools.toolsets import as_json
from tools.types import Knowledge, Proposal

_LATEST = 5  # choices of the person that a model is told
_NO_ANSWER = "I could not work out an answer to that. Try naming a title, a person or a genre."
Next = Literal["model", "tools", "guard", "__end__"]


def begin(state: State) -> State:
    """Begin a turn: what the last one left is gone, the conversation stays."""
    return {"steps": 0, "repairs": 0, "proposal": None, "answer": None}


def ask_model(state: State, runtime: Runtime[Context]) -> Command[Next]:
    """Let the model make its next move.

    At the limit of steps the best that is proved so far is the answer.
    """
    context = runtime.context
    steps = state.get("steps", 0)
    if steps >= context.max_steps or context.model is None:
        return Command(goto="guard", update={"proposal": _best_so_far(state)})
    if steps == 0 and (begun := head_start(context, state["messages"], _call)):
        return Command(goto="model", update={"messages": begun})
    bound = context.model.bind_tools([tool.schema for tool in context.tools.values()])
    told = "\n\n".join(part for part in (context.system, _told(context.knowledge)) if part)
    history = [SystemMessage(told), *state["messages"]] if told else state["messages"]
    message = bound.invoke(history)
    broken = message.invalid_tool_calls if isinstance(message, AIMessage) else []
    if broken and not message.tool_calls:
        again = HumanMessage(f"The call of {broken[0]['name']} was not valid JSON. Call again.", name=REPAIR)
        return Command(goto="model", update={"messages": [message, again], "steps": steps + 1})
    goto: Next = "tools" if isinstance(message, AIMessage) and message.tool_calls else "guard"
    return Command(goto=goto, update={"messages": [message], "steps": steps + 1})


def _told(knowledge: Knowledge | None) -> str:
    """Return what a model is told of the person who asks; "" if nothing is known."""
    if knowledge is None or not knowledge.asker:
        return ""
    asker = knowledge.asker
    said = {"gender": asker.gender, "age": asker.age, "occupation": asker.occupation}
    profile = ", ".join(f"{name} {value}" for name, value in said.items() if value is not None)
    latest = [knowledge.graph.item(item).name for item in asker.history[-_LATEST:]]
    told = prompts.load(
        "agent/person",
        choices=str(len(asker.history)),
        latest="; ".join(latest) or "none",
        profile=profile or "nothing",
    )
    return f"{PERSON}\n{told}"


def run_tools(state: State, runtime: Runtime[Context]) -> Command[Next]:
    """Run the tools the model called; what a tool refuses is said to the model."""
    message = state["messages"][-1]
    assert isinstance(message, AIMessage)
    earlier = {
        (call.name, as_json(call.arguments)): (call.content, call.refused)
        for call in answered_calls(this_turn(state["messages"]))
    }
    replies: list[ToolMessage] = []
    proposal: dict[str, Any] | None = None
    for call in message.tool_calls:
        key = (call["name"], as_json(call["args"]))
        if key not in earlier:
            earlier[key] = _call(runtime.context, call["name"], call["args"])
        content, failed = earlier[key]
        if call["name"] == "recommend" and not failed:
            proposal = dict(call["args"])
        replies.append(ToolMessage(content, tool_call_id=call["id"], status="error" if failed else "success"))
    if proposal is not None:
        return Command(goto="guard", update={"messages": replies, "proposal": proposal})
    return Command(goto="model", update={"messages": replies})


def guard(state: State, runtime: Runtime[Context]) -> Command[Next]:
    """Prove what is proposed; send it back once if nothing of it holds, otherwise answer with what holds."""
    knowledge = runtime.context.knowledge
    assert knowledge is not None
    proposal = state.get("proposal")
    if proposal is None:
        answer = Answer((), (), (), (), (), _NO_ANSWER, None, ("the model did not recommend",))
    elif not runtime.context.guarded:
        answer = unexamined(knowledge.graph, _proposal(runtime.context, proposal))
    else:
        answer = examine(knowledge.graph, _proposal(runtime.context, proposal))
        if answer.removed and not answer.items and not state.get("repairs", 0):
            problem = (
                "None of this can be shown: " + "; ".join(answer.removed[:8]) + ". Recommend again, once."
            )
            update = {"messages": [HumanMessage(problem, name=REPAIR)], "repairs": 1, "proposal": None}
            return Command(goto="model", update=update)
    if runtime.context.may_ask and answer.also is not None and answer.also.question:
        return _ask_person(answer, answer.also)
    return Command(goto="__end__", update={"answer": describe(answer)})


def _ask_person(answer: Answer, also: Second) -> Command[Next]:
    """Let the person decide between two readings.

    The chosen one is the answer, and is what a later turn follows up on. `interrupt` suspends the run here;
    the node runs again when it is resumed with 0 or 1, the place of the choice.
    """
    if interrupt({"question": also.question, "choices": list(also.choices)}) != 1:
        return Command(goto="__end__", update={"answer": describe(replace(answer, also=None))})
    chosen = swapped(answer, also)
    answered = describe(chosen)
    said = {name: answered[name] for name in ("conditions", "any_of", "none_of", "note")}
    said |= {"items": [line.id for line in chosen.items]}
    call = {"name": "recommend", "args": said, "id": "chosen", "type": "tool_call"}
    messages = [
        AIMessage("", tool_calls=[call]),
        ToolMessage(as_json({"items": said["items"], "chosen": also.choices[1]}), tool_call_id="chosen"),
    ]
    return Command(goto="__end__", update={"answer": answered, "messages": messages})


def _call(context: Context, name: str, arguments: dict[str, Any]) -> tuple[str, bool]:
    """Return what a tool says as JSON, and whether it is a refusal."""
    tool = context.tools.get(name)
    assert context.knowledge is not None
    try:
        if tool is None:
            raise ToolError(
                f"there is no tool {name!r}; there are {', '.join(context.tools)}."
                f"{nearest(name, context.tools)}"
            )
        return as_json(tool.call(context.knowledge, arguments)), False
    except ToolError as error:
        return str(error), True


def _proposal(context: Context, arguments: dict[str, Any]) -> Proposal:
    tool = context.tools["recommend"]
    assert isinstance(context.knowledge, Knowledge)
    result = tool.call(context.knowledge, arguments)
    assert isinstance(result, Proposal)
    return result


def _best_so_far(state: State) -> dict[str, Any] | None:
    """Return the last found items as a proposal, with the conditions they were found under."""
    found = [call for call in answered_calls(this_turn(state["messages"])) if call.name == "find_items"]
    for call in reversed(found):
        items = [] if call.refused else [hit["id"] for hit in json.loads(call.content)["items"]]
        if items:
            note = "I stopped looking here; these are proved."
            return {"items": items, "conditions": call.arguments.get("conditions", []), "note": note}
    return None
