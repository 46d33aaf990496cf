import { Readable, Writable } from 'node:stream';
import { type AnyMessage, ndJsonStream, type Stream } from '@agentclientprotocol/sdk';
import type { Child } from '../child.ts';
import type { Transcript } from '../transcript.ts';

const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/**
 * The child's pipes as a stream of ACP messages. Everything that passes is kept in the transcript and counts as a sign
 * of life; JSON that is no JSON-RPC message goes no further, because the SDK would complain on our own stderr.
 */
export function wireOf(child: Child, transcript: Transcript, onLife: () => void): Stream {
  const wire = ndJsonStream(Writable.toWeb(child.stdin), Readable.toWeb(child.stdout), {
    maxMessageBytes: MAX_MESSAGE_BYTES,
  });
  const incoming = new TransformStream<AnyMessage, AnyMessage>({
    transform(message, controller) {
      transcript.keep('agent', message);
      onLife();
      if (isJsonRpc(message)) controller.enqueue(message);
    },
  });
  const outgoing = new TransformStream<AnyMessage, AnyMessage>({
    transform(message, controller) {
      transcript.keep('vigilai', message);
      controller.enqueue(message);
    },
  });
  // A broken pipe shows as the child's exit; the connection closes either way.
  outgoing.readable.pipeTo(wire.writable).catch(() => undefined);
  return { readable: wire.readable.pipeThrough(incoming), writable: outgoing.writable };
}

function isJsonRpc(message: AnyMessage): boolean {
  return 'jsonrpc' in message && message.jsonrpc === '2.0' && ('method' in message || 'id' in message);
}
