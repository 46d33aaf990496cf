/** Keys and tokens by the name of their environment variable. From the environment, else a 0600 file. */
export interface Secrets {
  /** Null when it is nowhere. @throws VigilError `refused` when the file can be read by others. */
  get(name: string): Promise<string | null>;
}
