import { shapeKey, type KnownMapping, type LearnedMapping } from '../intake/memory.ts';
import type { Db } from './open.ts';

/** More shapes than this are not told apart by people either: the oldest are let go. */
const MOST_LEARNED = 1000;

/** The mappings that the user corrected, the latest first. */
export function learnedMappings(db: Db): KnownMapping[] {
  const rows = db.prepare('SELECT id, body FROM learned_mapping ORDER BY corrected_at DESC, id DESC').all() as {
    id: number;
    body: string;
  }[];
  return rows.map(({ id, body }) => ({ ...(JSON.parse(body) as LearnedMapping), id }));
}

/**
 * Keeps a corrected mapping for files of its shape. It replaces the one it follows; to another one of the same shape it adds its
 * corrections. One without corrections (the user took them back) only removes the one it follows.
 */
export function rememberMapping(db: Db, { follows, ...learned }: LearnedMapping): void {
  if (follows !== undefined) forgetMapping(db, follows);
  if (learned.corrections.length === 0) return;
  const shape = shapeKey(learned.shape);
  const before = db.prepare('SELECT body FROM learned_mapping WHERE shape = ?').pluck().get(shape) as string | undefined;
  const said = new Set(learned.corrections.map(({ what }) => what));
  const earlier = before === undefined ? [] : (JSON.parse(before) as LearnedMapping).corrections.filter(({ what }) => !said.has(what));
  const body: LearnedMapping = { ...learned, corrections: [...earlier, ...learned.corrections] };
  db.prepare(
    `INSERT INTO learned_mapping (shape, corrected_at, body) VALUES (?, ?, ?)
     ON CONFLICT (shape) DO UPDATE SET corrected_at = excluded.corrected_at, body = excluded.body`,
  ).run(shape, learned.correctedAt, JSON.stringify(body));
  db.prepare(
    'DELETE FROM learned_mapping WHERE id IN (SELECT id FROM learned_mapping ORDER BY corrected_at DESC, id DESC LIMIT -1 OFFSET ?)',
  ).run(MOST_LEARNED);
}

/** Answers whether there was one. */
export function forgetMapping(db: Db, id: number): boolean {
  return db.prepare('DELETE FROM learned_mapping WHERE id = ?').run(id).changes > 0;
}
