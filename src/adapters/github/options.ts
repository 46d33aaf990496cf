import { z } from 'zod';

/** Options of pull requests on GitHub or GitHub Enterprise Server. */
export const githubOptionsSchema = z.strictObject({
  apiUrl: z
    .url()
    .nullable()
    .default(null)
    .describe('Address of the API; null takes the one that belongs to the remote.'),
  tokenEnv: z
    .string()
    .default('GITHUB_TOKEN')
    .describe('Environment variable (or line of the secrets file) that holds the token.'),
  reviewers: z.array(z.string()).default([]).describe('Who is asked for a review.'),
});
