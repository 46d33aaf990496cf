export const LANGUAGES = ['python', 'javascript', 'typescript', 'ruby', 'go', 'java'] as const;
export type Language = (typeof LANGUAGES)[number];
