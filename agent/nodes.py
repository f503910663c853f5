"""The steps of the loop: ask the model, run tools, guard the answer."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, cast

from langchain_core.messages import AIMessage, HumanMessage, ToolCall, ToolMessage

from agent.answer import Answer, Failed
from agent.answer_json import describe
from agent.asking_person import asked_person
from agent.at_once import OutOfSteps, Running
from agent.best_so_far import best_so_far
from agent.guard import provenance
from agent.guard.proof import examine, unexamined
from agent.head_start import head_start
from agent.llm.errors import TooLong, Unanswered
from agent.messages import NO_WORDS, REPAIR, answered_calls, as_shown, repairs_of, repeats, this_turn
from agent.model_input import model_messages
from agent.moves import Move
from agent.offered import offered
from agent.one_call.turn import decided
from agent.only_known import with_only_known
from agent.policies import enforced
from agent.ranker import order
from agent.standing_wishes import settled as wishes_after
from agent.standing_wishes import under
from agent.state import BoundModel, Context, State
from agent.stopping import go_on
from agent.tracking import answered, standing_of
from agent.trimming import trimmed
from agent.turn_begin import is_noted_alone, settled_by_message
from agent.wishes_kept import kept_to
from tools.errors import ToolError, nearest
from tools.knowledge import Knowledge
from tools.proposal import Proposal
from tools.toolsets import FINDERS, as_json

_NOTED_ALONE: dict[str, Any] = {"items": [], "conditions": [], "act": "acknowledge"}
_UNANSWERED = Answer(
    note="I could not work out an answer to that. Try naming a title, a person or a genre.",
    removed=("the model did not recommend",),
)
_REPEATS, _BROKEN = 1, 3  # replies in a row that only call what was answered; calls that are no JSON


def begin(state: State) -> State:
    """Begin a turn: what the last one left is gone, the conversation stays."""
    return {"steps": 0, "repairs": 0, "ranking": None, "proposal": None, "answer": None, "failed": None}


def ask_model(state: State, context: Context) -> Move:
    """Let the model make its next move; where it moves at once, all moves of its turn.

    At the limit of steps the best that is proved so far is the answer.
    """
    begun = settled_by_message(context, state)
    state = after(state, begun)
    context = under(context, state)
    if begun and is_noted_alone(context, state):
        return Move(goto="guard", update={**begun, "proposal": _NOTED_ALONE})
    move = _moves(context, state) if context.drafter is None else _decided(context, state)
    return Move(goto=move.goto, update={**begun, **cast(State, move.update)}) if begun else move


def _moves(context: Context, state: State) -> Move:
    """Return the model's next move; where it moves at once, all moves of its turn as one."""
    move = _move(context, state)
    while context.at_once and move.goto in ("model", "tools"):
        act = _move if move.goto == "model" else _answered
        then = act(context, after(state, move.update))
        move = Move(goto=then.goto, update=after(move.update, then.update))
    return move


def _decided(context: Context, state: State) -> Move:
    """Return the draft of the built-in model as a move, with what the model decides on it, once a turn."""
    move = _moves(context.drafting, state)
    update: Any = {**cast(State, move.update), "steps": state.get("steps", 0)}
    proposal = update.get("proposal")
    if proposal is None or state.get("repairs", 0) or context.model is None:
        return Move(goto=move.goto, update=update)
    messages = after(state, update)["messages"]
    found = decided(context, messages, proposal, partial(_call, context))
    said = [*update["messages"], *found.messages]
    update |= {"messages": said, "proposal": found.proposal, "steps": found.calls}
    return Move(goto="guard", update={**update, "failed": found.failed and found.failed._asdict()})


def after(state: Any, update: Any) -> State:
    """Return what an update makes of a state, or of another update, as the graph does."""
    messages = [*state.get("messages", []), *update.get("messages", [])]
    return cast(State, {**state, **update, "messages": messages})


def _move(context: Context, state: State) -> Move:
    """Return the model's next move."""
    go_on()
    steps = state.get("steps", 0)
    if steps >= context.max_steps or context.bound is None:
        return _given_up(context, state, {}, Failed("steps"))
    if steps == 0 and (begun := head_start(context, state["messages"], _call)):
        return Move(goto="model", update={"messages": begun})
    running = Running(partial(_called, context), context.max_steps - steps)
    model = context.bound
    if context.language_model:
        model = context.bound_to(offered(context, state["messages"]))
    message = _reply(context, model, state, running)
    made = [*running.said, *([message] if isinstance(message, AIMessage) else [])]
    said: State = {"messages": made, "steps": steps + (len(made) - len(running.said) + running.moves or 1)}
    if isinstance(message, Failed):
        return _given_up(context, after(state, said), said, message)
    if message.tool_calls:
        return Move(goto="tools", update=said)
    if broken := message.invalid_tool_calls:
        if repairs_of(state["messages"]) >= _BROKEN and context.falls_back:
            return _given_up(context, state, said, Failed("repeats"))
        return _again(said, f"The call of {broken[0]['name']} was not valid JSON. Call again.")
    if not state.get("repairs", 0):
        return _again({**said, "repairs": 1}, NO_WORDS)
    return _given_up(context, state, said, Failed("words"))


def _given_up(context: Context, state: State, update: State, failed: Failed) -> Move:
    """End a turn whose model failed: with what the built-in model proves, else the best that is proved."""
    if context.falls_back:
        return Move(goto="fallback", update={**update, "failed": failed._asdict()})
    return Move(goto="guard", update={**update, "proposal": best_so_far(state)})


def _again(update: State, problem: str) -> Move:
    """Send the model back with what was wrong."""
    messages = [*update.get("messages", []), HumanMessage(problem, name=REPAIR)]
    return Move(goto="model", update={**update, "messages": messages})


def _reply(context: Context, model: BoundModel, state: State, running: Running) -> AIMessage | Failed:
    """Return the model's next message, or why it gives none.

    A model that moves at once is handed the tools, and the message is the last one of its turn. A
    conversation that is too long is tried once more in short. Other failures were tried again on the way.
    """
    try:
        try:
            handed: dict[str, Any] = {"run": running} if context.at_once else {}
            message = model.invoke(model_messages(context, state), **handed)
        except TooLong:
            message = model.invoke(model_messages(context, state, short=True))
    except OutOfSteps:
        return Failed("steps")
    except Unanswered as error:
        is_long, found = isinstance(error, TooLong), best_so_far(state) is not None
        if (context.strict and not (is_long and found)) or not (found or context.falls_back):
            raise
        return Failed("too long" if is_long else "unanswered", error.reason)
    assert isinstance(message, AIMessage)
    return message


def run_tools(state: State, context: Context) -> Move:
    """Run the tools the model called; what a tool refuses is said to the model."""
    return _answered(under(context, state), state)


def _answered(context: Context, state: State) -> Move:
    message = state["messages"][-1]
    assert isinstance(message, AIMessage)
    names = {call["name"] for call in message.tool_calls}
    earlier = {
        (call.name, as_json(call.arguments)): (call.content, call.refused)
        for call in answered_calls(this_turn(state["messages"]))
        if call.name in names
    }
    if context.falls_back and repeats(this_turn(state["messages"])) > _REPEATS:
        return _given_up(context, state, {}, Failed("repeats"))
    replies: list[ToolMessage] = []
    proposal: dict[str, Any] | None = None
    for call in message.tool_calls:
        key = (call["name"], as_json(call["args"]))
        if key not in earlier:
            earlier[key] = _call(context, call["name"], call["args"])
        content, failed = earlier[key]
        if call["name"] == "recommend" and not failed:
            proposal = dict(call["args"])
        replies.append(_told_by_tool(call, content, failed))
    if proposal is not None:
        return Move(goto="guard", update={"messages": replies, "proposal": proposal})
    return Move(goto="model", update={"messages": replies})


def _called(context: Context, call: ToolCall) -> ToolMessage:
    return _told_by_tool(call, *_call(context, call["name"], call["args"]))


def _told_by_tool(call: ToolCall, content: str, failed: bool) -> ToolMessage:
    return ToolMessage(content, tool_call_id=call["id"], status="error" if failed else "success")


def guard(state: State, context: Context) -> Move:
    """Prove what is proposed; send it back once if nothing of it holds, otherwise answer with what holds.

    If again nothing holds, the best that was found and proved is the answer.
    """
    context = under(context, state)
    proposal = state.get("proposal")
    answer = examined(context, proposal, state) if proposal else _UNANSWERED
    asks = bool(context.policy) and answer.act == "ask" and answer.question is not None
    if proposal and answer.removed and not (answer.items or answer.facts or asks):
        if not state.get("repairs", 0):
            problem = "; ".join(answer.removed[:8])
            said: State = {"repairs": 1, "proposal": None}
            return _again(said, f"None of this can be shown: {problem}. Recommend again, once.")
        if context.falls_back:
            return _given_up(context, state, {}, Failed("unproved"))
        best = best_so_far(state) if proposal["items"] and context.guarded else None
        if best:
            best |= {"note": ""} if context.policy else {}  # what a policy forbids is not to be looked for
            removed, answer = answer.removed, examined(context, best, state)
            answer = replace(answer, removed=(*removed, *answer.removed))
    assert context.knowledge is not None
    answer = with_only_known(context.knowledge, state["messages"], answer)
    update: State = {}
    if context.may_ask and answer.also is not None and answer.also.question:
        answer, update = asked_person(answer, answer.also)
    if context.ranker is not None and len(answer.items) > 1:
        request = this_turn(state["messages"])[0].text
        lines, tokens = order(context.ranker, context.knowledge, request, answer.items)
        answer, update = replace(answer, items=lines), {**update, "ranking": tokens}
    if proposal and "messages" not in update:
        shown = [line.id for line in answer.items]
        update = {**update, "messages": as_shown(shown, proposal, withheld=context.language_model)}
    return Move(goto="__end__", update=_ended(context, answer, update, state))


def _ended(context: Context, answer: Answer, update: State, state: State) -> State:
    """Return what is kept of an answer: as data, and its text as the model's last word of the turn.

    Of a long conversation the messages of older turns go.
    """
    assert context.knowledge is not None
    answer = replace(answer, stands_in=context.stands_in or state.get("failed"))
    said = describe(context.knowledge.graph, answer)
    older = trimmed(state)
    messages = [*older.get("messages", []), *update.get("messages", []), AIMessage(said["text"])]
    ended: State = {**older, **update, "messages": messages, "answer": said}
    if state.get("wishes"):
        ended["wishes"] = wishes_after(state.get("wishes"), keeps=context.knowledge.asker.keeps)
    return {**ended, "dialogue": answered(context, state.get("dialogue"), said)} if context.policy else ended


def examined(context: Context, arguments: dict[str, Any], state: State) -> Answer:
    """Return what holds of a proposal; of a language model's, only what tools found for it."""
    assert context.knowledge is not None
    graph, proposal = context.knowledge.graph, _proposal(context, arguments)
    messages = state["messages"]
    if not context.guarded:
        return unexamined(graph, proposal)
    message = this_turn(messages)[0].text
    if proposal.basis is None or context.language_model:
        proposal = replace(proposal, basis=provenance.basis(messages, proposal))
    standing = standing_of(state.get("dialogue"), context)
    known = None
    if context.language_model and FINDERS & context.tools.keys():
        known = provenance.found(messages)
    answer = kept_to(context, state, examine(graph, proposal, known, message))
    if not context.language_model:
        return enforced(graph, context.policy, standing, answer)
    if not context.policy:
        return provenance.without_strange_names(context.knowledge, answer, messages)
    standing = replace(standing, spoken_of=provenance.spoken_of(context.knowledge, messages))
    held = enforced(graph, context.policy, standing, answer)
    return provenance.kept_to_policy(context.knowledge, answer, held, messages)


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
