import { describe, expect, it } from 'vitest';
import { createUpdates, pathsOf, toolCallOf } from '../../../../../src/adapters/agents/acp/updates.ts';
import type { AgentProgress } from '../../../../../src/ports/agent.ts';

function hear(...updates: readonly unknown[]): { said: AgentProgress[]; text: string } {
  const said: AgentProgress[] = [];
  const heard = createUpdates('/w', (progress) => said.push(progress));
  for (const update of updates) heard.read(update);
  heard.flush();
  return { said, text: heard.text() };
}

const chunk = (text: string) => ({
  sessionUpdate: 'agent_message_chunk',
  content: { type: 'text', text },
});

describe('updates of an agent', () => {
  it('says text line by line, however it was cut', () => {
    const { said, text } = hear(chunk('I will '), chunk('read.\nThen'), chunk(' write.'));
    expect(said).toEqual([
      { kind: 'message', text: 'I will read.' },
      { kind: 'message', text: 'Then write.' },
    ]);
    expect(text).toBe('I will read.\nThen write.');
  });

  it('says a half line before the tool that follows it', () => {
    const { said } = hear(chunk('Now'), { sessionUpdate: 'tool_call', toolCallId: 't', title: 'Run' });
    expect(said.map(({ kind }) => kind)).toEqual(['message', 'tool']);
  });

  it('remembers of a tool what later updates leave out', () => {
    const { said } = hear(
      {
        sessionUpdate: 'tool_call',
        toolCallId: 't',
        title: 'Edit',
        kind: 'edit',
        locations: [{ path: '/w/a' }],
      },
      { sessionUpdate: 'tool_call_update', toolCallId: 't', status: 'completed' },
    );
    const tool = { kind: 'tool', id: 't', title: 'Edit', toolKind: 'edit', paths: ['a'] };
    expect(said).toEqual([
      { ...tool, status: 'pending' },
      { ...tool, status: 'completed' },
    ]);
  });

  it('tells the plan', () => {
    const { said } = hear({ sessionUpdate: 'plan', entries: [{ content: 'Read', status: 'pending' }] });
    expect(said).toEqual([{ kind: 'plan', entries: ['Read'] }]);
  });

  it('says nothing for a kind that it does not know, or for nonsense', () => {
    const { said } = hear({ sessionUpdate: 'usage_update', used: 3 }, null, 'x', { content: [] }, 7);
    expect(said).toEqual([]);
  });

  it('keeps the last of a long text', () => {
    const { text } = hear(chunk('a'.repeat(100_000)), chunk('end'));
    expect(text.length).toBe(65_536);
    expect(text.endsWith('end')).toBe(true);
  });
});

describe('paths of a tool call', () => {
  it('come from locations, diffs and raw input', () => {
    const call = toolCallOf({
      toolCallId: 't',
      locations: [{ path: '/w/a' }],
      content: [{ type: 'diff', path: '/w/b', newText: '' }, { type: 'content' }],
      rawInput: { file_path: '/w/c', command: 'ls' },
    });
    expect(pathsOf(call)).toEqual(['/w/a', '/w/b', '/w/c']);
  });

  it('are none where nothing can be read', () => {
    expect(pathsOf(toolCallOf('nonsense'))).toEqual([]);
    expect(pathsOf(toolCallOf({ locations: 'x', content: 3, rawInput: ['/w/a'] }))).toEqual([]);
  });
});
