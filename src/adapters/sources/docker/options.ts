import { z } from 'zod';
import { sourceName } from '../source-name.ts';
import { sourceSensitivity } from '../source-sensitivity.ts';

/** Options of one `docker` source. A container has to meet all of `names`, `labels` and `composeProject` that are given. */
export const dockerSourceSchema = z.strictObject({
  type: z.literal('docker'),
  name: sourceName,
  sensitivity: sourceSensitivity,
  names: z
    .array(z.string().min(1).max(256))
    .default([])
    .describe('Names of containers, globs too: `shop-*`. None: any name.'),
  labels: z
    .array(z.string().min(1).max(1024))
    .default([])
    .describe('Labels that a container has to carry, all of them: `key` or `key=value`.'),
  composeProject: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('Only containers of this Compose project.'),
  since: z
    .enum(['now', 'oldest'])
    .default('now')
    .describe('Where to begin the first time: `now`, or with the `oldest` line that the engine has kept.'),
  host: z
    .string()
    .regex(/^(?:unix|npipe|tcp|http|https):\/\//, 'unix://, npipe://, tcp://, http:// or https://')
    .nullable()
    .default(null)
    .describe(
      'Where the engine listens. By default DOCKER_HOST, else the usual sockets of Docker and Podman.',
    ),
});

export type DockerSourceOptions = z.infer<typeof dockerSourceSchema>;
