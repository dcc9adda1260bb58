import type { FieldMapping, Role } from '../mapper.ts';
import type { FieldReading } from '../reading.ts';
import type { FieldProfile } from './field-profile.ts';

/** What has been decided about the fields so far. Each field is claimed once. */
export interface Claims {
  readonly fields: FieldProfile[];
  readonly taken: Map<string, FieldMapping>;
}

export interface ClaimDetails {
  readonly type?: string | undefined;
  readonly format?: string | undefined;
  readonly read?: FieldReading | undefined;
}

export function createClaims(fields: readonly FieldProfile[]): Claims {
  return { fields: [...fields], taken: new Map() };
}

/** Adds a field that is made of others, before one of them. */
export function addField(claims: Claims, field: FieldProfile, before: FieldProfile): void {
  claims.fields.splice(claims.fields.indexOf(before), 0, field);
}

/** The fields nobody has claimed. */
export function free(claims: Claims): FieldProfile[] {
  return claims.fields.filter((field) => !claims.taken.has(field.path));
}

export function claim(
  claims: Claims,
  field: FieldProfile,
  role: Role,
  confidence: number,
  reason: string,
  details: ClaimDetails = {},
): void {
  claims.taken.set(field.path, {
    path: field.path,
    role,
    type: details.type,
    format: details.format,
    ...(details.read === undefined ? {} : { read: details.read }),
    confidence: Math.max(0, Math.min(1, Math.round(confidence * 100) / 100)),
    reason,
    samples: field.samples,
  });
}

/** The one claimed for a role that is given at most once. */
export function claimed(claims: Claims, role: Role): FieldProfile | undefined {
  for (const field of claims.fields) if (claims.taken.get(field.path)?.role === role) return field;
  return undefined;
}

export function has(field: FieldProfile, ...words: string[]): boolean {
  return words.some((word) => field.name.includes(word));
}

/** The field with the highest score, if any reaches the threshold; the earlier one of equals. */
export function best(
  fields: readonly FieldProfile[],
  score: (field: FieldProfile) => number,
  threshold: number,
): { field: FieldProfile; score: number } | undefined {
  let found: { field: FieldProfile; score: number } | undefined;
  for (const field of fields) {
    const value = score(field);
    if (value >= threshold && (found === undefined || value > found.score + 1e-9)) found = { field, score: value };
  }
  return found;
}
