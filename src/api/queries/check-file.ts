import { checkPassport } from '../../flows/index.ts';
import type { WireComplaint } from '../wire.ts';

/** What there is to say of a passport by itself, without a workspace. */
export function checkPassportText(yaml: string): WireComplaint[] {
  return [...checkPassport(yaml).complaints];
}
