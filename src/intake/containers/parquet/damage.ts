/** What a decoder complained about, for a sentence; complaints of the language say nothing to a user. */
export function whyOf(error: unknown): string {
  return error instanceof Error && error.constructor === Error ? error.message.slice(0, 120) : 'its bytes do not follow the format';
}
