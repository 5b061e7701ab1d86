#!/usr/bin/env python3
"""Conversations as transformers writes them: the golden file of TestChatTemplate.

    chat.py FILE
    chat.py FILE FOLDER...
    chat.py --tokens FOLDER

FILE gets, for each of the templates below, which are written for this in the manner of common families, and for each
conversation, the text that transformers makes, or null where the template or Jinja refuses it. With folders of *.jinja
files, FILE gets the same of those, to compare and not to keep. With --tokens, each folder with a tokenizer.json in
FOLDER gets chat.json (TestChatFormat): a template and conversations, and the token ids of transformers for each as a
prompt and whole. The day is always 30 November 2026. It needs transformers and jinja2.
"""

import datetime
import glob
import json
import os
import sys

from transformers import PreTrainedTokenizerFast
from transformers.utils import chat_template_utils
from transformers.utils.chat_template_utils import render_jinja_template


class Day(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2026, 11, 30)


chat_template_utils.datetime = Day

# long lines: templates as models have them
TEMPLATES = {
    "chatml": (
        """{% for message in messages %}
{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}
{% endfor %}
{% if add_generation_prompt %}
{{ '<|im_start|>assistant\\n' }}
{% endif %}"""
    ),
    "thinking": (
        """{%- set ns = namespace(last=-1, system='') %}
{%- if messages[0].role == 'system' %}{% set ns.system = messages[0].content | trim %}{% endif %}
{%- if tools %}
    {{- '<|im_start|>system\\n' ~ (ns.system ~ '\\n\\n' if ns.system else '') ~ 'Tools:' }}
    {%- for tool in tools %}{{- '\\n' }}{{- tool | tojson }}{%- endfor %}
    {{- '<|im_end|>\\n' }}
{%- elif ns.system %}{{- '<|im_start|>system\\n' + ns.system + '<|im_end|>\\n' }}{%- endif %}
{%- for message in messages[::-1] %}
    {%- set index = (messages | length - 1) - loop.index0 %}
    {%- if ns.last < 0 and message.role == 'user' and not (message.content.startswith('<tool>') and message.content.endswith('</tool>')) %}
        {%- set ns.last = index %}
    {%- endif %}
{%- endfor %}
{%- for message in messages %}
    {%- set content = message.content if message.content is string else '' %}
    {%- if message.role == 'assistant' %}
        {%- set thought = '' %}
        {%- if message.reasoning_content is defined and message.reasoning_content is not none %}
            {%- set thought = message.reasoning_content %}
        {%- elif '</think>' in content %}
            {%- set thought = content.split('</think>')[0].rstrip('\\n').split('<think>')[-1].lstrip('\\n') %}
            {%- set content = content.split('</think>')[-1].lstrip('\\n') %}
        {%- endif %}
        {{- '<|im_start|>assistant\\n' }}
        {%- if loop.index0 > ns.last and (loop.last or thought) %}{{- '<think>\\n' + thought.strip('\\n') + '\\n</think>\\n\\n' }}{% endif %}
        {{- content.lstrip('\\n') }}
        {%- for call in message.tool_calls or [] %}
            {%- if call.function %}{% set call = call.function %}{% endif %}
            {{- '\\n<call>' }}{{ {'name': call.name, 'arguments': call.arguments} | tojson }}{{ '</call>' }}
        {%- endfor %}
        {{- '<|im_end|>\\n' }}
    {%- elif message.role == 'tool' %}
        {%- if loop.first or loop.previtem.role != 'tool' %}{{- '<|im_start|>user' }}{% endif %}
        {{- '\\n<tool>\\n' + content + '\\n</tool>' }}
        {%- if loop.last or loop.nextitem.role != 'tool' %}{{- '<|im_end|>\\n' }}{% endif %}
    {%- elif message.role != 'system' %}{{- '<|im_start|>' + message.role + '\\n' + content + '<|im_end|>' + '\\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{% if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{% endif %}{% endif %}
"""
    ),
    "inst": (
        """{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}"""
    ),
    "headers": (
        """{% set ends = '<|eot|>' %}{% for message in messages %}{% set content = '<|header|>' + message['role'] + '<|/header|>\\n\\n' + message['content'] | trim + ends %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{% if add_generation_prompt %}{{ '<|header|>assistant<|/header|>\\n\\n' }}{% endif %}
"""
    ),
    "spaced": (
        """{%- if messages[0]["role"] == "system" %}
    {%- set system_message = messages[0]["content"] %}
    {%- set turns = messages[1:] %}
{%- else %}
    {%- set turns = messages %}
{%- endif %}
{%- if not tools is defined %}
    {%- set tools = none %}
{%- endif %}
{%- set users = turns | selectattr("role", "equalto", "user") | list %}
{%- set ns = namespace() %}
{%- set ns.index = 0 %}
{%- for message in turns %}
    {%- if not (message.role == "tool" or (message.tool_calls is defined and message.tool_calls is not none)) %}
        {%- if (message["role"] == "user") != (ns.index % 2 == 0) %}
            {{- raise_exception("After the optional system message, turns must alternate user and assistant") }}
        {%- endif %}
        {%- set ns.index = ns.index + 1 %}
    {%- endif %}
{%- endfor %}
{{- bos_token }}
{%- for message in turns %}
    {%- if message["role"] == "user" %}
        {%- if tools is not none and (message == users[-1]) %}
            {{- "[TOOLS]" + (tools | tojson(indent=2)) + "[/TOOLS]" }}
        {%- endif %}
        {%- if loop.last and system_message is defined %}
            {{- "[INST]" + system_message + "\\n\\n" + message["content"] + "[/INST]" }}
        {%- else %}
            {{- "[INST]" + message["content"] + "[/INST]" }}
        {%- endif %}
    {%- elif message.tool_calls is defined and message.tool_calls %}
        {{- "[CALLS] [" }}
        {%- for call in message.tool_calls %}
            {%- set out = call.function | tojson %}
            {{- out[:-1] + ', "id": "' + loop.index0 | string + '"}' }}
            {%- if not loop.last %}{{- ", " }}{%- else %}{{- "]" + eos_token }}{%- endif %}
        {%- endfor %}
    {%- elif message["role"] == "assistant" %}
        {{- message["content"] | trim + eos_token }}
    {%- elif message["role"] == "tool" %}
        {{- '[RESULT] {"content": ' + message.content | string + '}[/RESULT]' }}
    {%- else %}
        {{- raise_exception("Only user, assistant and tool roles are supported, not " + message["role"] + "!") }}
    {%- endif %}
{%- endfor %}
"""
    ),
    "turns": (
        """{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '\\n' + message['content'] | trim + '<end_of_turn>\\n' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model\\n'}}{% endif %}"""
    ),
    "roles": (
        """{% for message in messages %}{% if message['role'] == 'system' and message['content'] %}{{'<|system|>\\n' + message['content'] + '<|end|>\\n'}}{% elif message['role'] == 'user' %}{{'<|user|>\\n' + message['content'] + '<|end|>\\n'}}{% elif message['role'] == 'assistant' %}{{'<|assistant|>\\n' + message['content'] + '<|end|>\\n'}}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% else %}{{ eos_token }}{% endif %}"""
    ),
    "lines": (
        """{% for message in messages %}
{% if message['role'] == 'user' %}
{{ '<|user|>
' + message['content'] + eos_token }}
{% elif message['role'] == 'system' %}
{{ '<|system|>
' + message['content'] + eos_token }}
{% elif message['role'] == 'assistant' %}
{{ '<|assistant|>
'  + message['content'] + eos_token }}
{% endif %}
{% if loop.last and add_generation_prompt %}
{{ '<|assistant|>' }}
{% endif %}
{% endfor %}"""
    ),
    "macros": (
        """{#- a comment -#}
{% macro head(role, mark='<|') -%}
  {{ mark }}{{ role | upper }}{{ mark | reverse | replace('<', '>') }}
{%- endmacro %}
{% macro parts(content) %}{% if content is string %}{{ content }}{% else %}{% for part in content if part.type == 'text' %}{{ part['text'] }}{% if not loop.last %}, {% endif %}{% endfor %}{% endif %}{% endmacro %}
{%- set who = dict(user='Q', assistant='A') -%}
{% for message in messages %}
    {# indented, and gone #}
    {%- if message.role not in who and message.role != 'system' %}{% continue %}{% endif %}
    {%- if loop.index > 6 %}{% break %}{% endif %}
  {{ head(message.role) }} {{ who.get(message.role, 'S') }}{{ loop.index }}/{{ loop.length }}:
  {%+ if true %}kept{% endif +%}

  {%- if message.role == 'assistant' %}{% generation %} {{ parts(message.content) }}{{ eos_token }}{% endgeneration %}
  {%- else %} {{ parts(message['content']) }}
  {%- endif %}
{% else %}
nothing
{% endfor %}
{%- set tail %}
  {{ messages | map(attribute='role') | join('+') }} {{ messages | rejectattr('role', 'eq', 'user') | list | length }}
{% endset %}
{{- tail | trim }}{{ '\\n' if add_generation_prompt }}"""
    ),
    "dated": (
        """{% if not date is defined %}{% if strftime_now is defined %}{% set date = strftime_now('%d %b %Y, %A %j') %}{% else %}{% set date = 'no day' %}{% endif %}{% endif %}{{ bos_token }}Today: {{ date }} {{ strftime_now("%Y-%m-%d %B %y %a %m") }}
{% for message in messages if message.role != 'system' %}{{ message.role ~ ': ' ~ message.content | default('', true) ~ eos_token }}{% endfor %}{% for key, value in {'b': 1, 'A': 2, 'c': 3} | dictsort %}{{ key }}{{ value }}{% endfor %}"""
    ),
    "values": (
        """{{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 1e0 if false else 0.1 + 0.2 }} {{ 2 * 3.0 }} {{ 1 < 2 < 3 }} {{ 'a' ~ 1 ~ none ~ true ~ 1.50 }}
{{ [1, 'b', none, true, {'c': "it's"}, 2.5] }} {{ [1, 'b"', none, {'c': [], 'd': {}}] | tojson }} {{ {'b': [1, 2], 'a': {'x': 'é\\u2028<'}} | tojson(indent=1, sort_keys=true) }}
{{ {'a': 'é'} | tojson(ensure_ascii=true, separators=(',', ':')) }} {{ 'hello WORLD-wide (web) it\\'s' | title }} {{ "they're o'neil".title() }} {{ 'aBC dE' | capitalize }}
{{ 'abcdef'[1:4] }} {{ 'abcdef'[::-2] }} {{ 'abcdef'[-3:] }} {{ 'abc'[-1] }} {{ [1, 2, 3, 4][:-1] }} {{ [1, 2, 3][5:] }} {{ 'abc'[7] }}|
{{ ' a  b '.split() }} {{ 'a,b,,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ 'a,b,c'.rsplit(',', 1) }} {{ 'xxabxx'.strip('x') }} {{ '\\u00a0a\\u2003'.strip() }} {{ 'a\\nb\\n'.splitlines() }}
{{ 'abcabc'.find('c') }} {{ 'abcabc'.rfind('z') }} {{ 'abcabc'.count('bc') }} {{ 'abc'.replace('b', 'x') }} {{ '-'.join(['a', 'b']) }} {{ 'prefix'.removeprefix('pre') }}
{{ range(3) | list }} {{ range(5, 0, -2) | list }} {{ range(0) | list }} {{ nothing | default('d') }} {{ '' | default('d', true) }} {{ nothing is defined }} {{ none is none }} {{ 1 is number }} {{ true is boolean }}
{{ 'a' in 'cat' }} {{ 2 not in [1, 2] }} {{ 'k' in {'k': 1} }} {{ 3 is odd }} {{ 6 is divisibleby 3 }} {{ 6 is divisibleby(4) }} {{ 'x' is in ['x'] }} {{ not nothing }} {{ not 1 == 2 }} {{ 1 == 1.0 }} {{ true == 1 }}
{% for k, v in {'a': 1, 'b': 2}.items() %}{{ k }}{{ v }}{{ loop.revindex }}{{ loop.cycle('x', 'y') }}{% endfor %} {{ {'a': 1} | items | list | length }} {% set a, b = 'xy' %}{{ b }}{{ a }} {{ 'a' 'b' }} {{ (1, 2) | last }} {{ [] | first }}|
{{ '12' | int + 1 }} {{ 'x' | int }} {{ 3 | float }} {{ -3 | abs }} {{ 'a\\nb\\n\\nc' | indent(2) }} {{ 'ab' * 2 }} {{ [1] + [2] }} {{ messages | length }} {{ messages[0].missing is undefined }} {{ messages[0]['role'] | list }}
{{ 1 if false }}{{ nothing }}|{% if nothing %}a{% elif 0 %}b{% else %}c{% endif %}|{% for x in [1, 2, 3] if x > 1 %}{{ x }}{{ loop.first }}{% endfor %}|{% set n = 0 %}{% for x in [1, 2] %}{% set n = n + 1 %}{{ n }}{% endfor %}{{ n }}"""
    ),
}
# long lines end
SAY = {
    "system": "You are terse. ",
    "user": [" How many casks?\n", "And wine?", "  Ünïcode \U0001f377 <b> \"q\" & 'r'\n\n"],
    "assistant": ["Three. ", "\nRed.", "Ok"],
}


def turns(*roles):
    seen = {}
    for role in roles:
        texts = SAY.get(role, "other")
        seen[role] = seen.get(role, -1) + 1
        yield {"role": role, "content": texts if isinstance(texts, str) else texts[seen[role] % 3]}


CALL = {
    "role": "assistant",
    "content": "",
    "tool_calls": [
        {"type": "function", "function": {"name": "count", "arguments": {"of": "casks", "full": True, "size": 1.5}}}
    ],
}
TOOL = {
    "type": "function",
    "function": {
        "name": "count",
        "description": "Counts <things>.",
        "parameters": {"type": "object", "properties": {"of": {"type": "string"}}, "required": ["of"]},
    },
}
CONVERSATIONS = {
    "one": (list(turns("user")), None),
    "answered": (list(turns("user", "assistant")), None),
    "system": (list(turns("system", "user", "assistant", "user")), None),
    "long": (list(turns("system", *["user", "assistant"] * 3)), None),
    "thought": (
        [
            {"role": "user", "content": "Why?"},
            {"role": "assistant", "content": "<think>\nHm.\n</think>\n\nSo."},
            {"role": "user", "content": "Sure?"},
            {"role": "assistant", "content": "Yes.", "reasoning_content": "Really."},
        ],
        None,
    ),
    "tools": ([*turns("system", "user"), CALL, {"role": "tool", "content": "3"}, *turns("assistant", "user")], [TOOL]),
    "twice": (list(turns("user", "user")), None),
    "unknown": (list(turns("user", "wizard")), None),
    "parts": ([{"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}], None),
    "empty": ([{"role": "user", "content": ""}, {"role": "assistant", "content": " "}], None),
}


def text(template, messages, tools, generation):
    try:
        rendered, _ = render_jinja_template(
            [messages],
            tools=tools,
            chat_template=template,
            add_generation_prompt=generation,
            bos_token="<s>",
            eos_token="</s>",
            pad_token="<pad>",
        )
        return rendered[0]
    except Exception as problem:  # Jinja's own, and Python's for what a template does with a value
        print("  refused:", type(problem).__name__, problem, file=sys.stderr)
        return None


# long lines: the same
TOKENS = """{{ bos_token }}{% for message in messages %}{{ message.role + ': ' + message.content | trim + eos_token + '\n' }}{% endfor %}
{% if add_generation_prompt %}assistant: {% endif %}"""
# long lines end


def tokens(folder):
    for path in sorted(glob.glob(folder + "/*/tokenizer.json")):
        tokenizer = PreTrainedTokenizerFast.from_pretrained(os.path.dirname(path))
        tokenizer.chat_template = TOKENS
        ids = lambda messages, generation: tokenizer.apply_chat_template(
            messages, add_generation_prompt=generation, tokenize=True, return_dict=False
        )
        cases = [
            {"messages": messages, "prompt": ids(messages[:-1], True), "whole": ids(messages, False)}
            for messages, _ in (CONVERSATIONS["answered"], CONVERSATIONS["long"])
        ]
        with open(os.path.join(os.path.dirname(path), "chat.json"), "w") as out:
            json.dump({"template": TOKENS, "cases": cases}, out)
            out.write("\n")


def main(file, *folders):
    if file == "--tokens":
        return tokens(*folders)
    templates = dict(TEMPLATES)
    if folders:
        templates = {
            path: open(path, encoding="utf-8").read()
            for folder in folders
            for path in sorted(glob.glob(folder + "/*.jinja"))
        }
    golden = []
    for name, template in templates.items():
        print(name, file=sys.stderr)
        cases = [
            {"conversation": of, "generation": generation, "text": text(template, messages, tools, generation)}
            for of, (messages, tools) in CONVERSATIONS.items()
            for generation in (False, True)
        ]
        golden.append({"name": os.path.basename(name), "template": template, "cases": cases})
    conversations = {name: {"messages": messages, "tools": tools} for name, (messages, tools) in CONVERSATIONS.items()}
    with open(file, "w", encoding="utf-8") as out:
        json.dump({"conversations": conversations, "templates": golden}, out, indent=1, ensure_ascii=False)
        out.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
