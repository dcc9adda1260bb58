import type { Db } from './open.ts';

/** A flow passport as it is kept: its text, and when it came. */
export interface KeptPassport {
  readonly name: string;
  readonly yaml: string;
  /** ISO-8601. */
  readonly addedAt: string;
}

/** All passports of a workspace, by name. */
export function keptPassports(db: Db): KeptPassport[] {
  return db.prepare('SELECT name, yaml, added_at AS addedAt FROM passport ORDER BY name').all() as KeptPassport[];
}

/** Keeps a passport in place of the one of its name. What was derived is old from now on. */
export function putPassport(db: Db, { name, yaml, addedAt }: KeptPassport): void {
  db.transaction(() => {
    db.prepare(
      'INSERT INTO passport (name, yaml, added_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET yaml = excluded.yaml, added_at = excluded.added_at',
    ).run(name, yaml, addedAt);
    markDirty(db);
  })();
}

/** Forgets a passport. Answers whether there was one. */
export function removePassport(db: Db, name: string): boolean {
  return db.transaction(() => {
    const found = db.prepare('DELETE FROM passport WHERE name = ?').run(name).changes > 0;
    if (found) markDirty(db);
    return found;
  })();
}

function markDirty(db: Db): void {
  db.prepare("INSERT INTO meta (key, value) VALUES ('dirty', '1') ON CONFLICT (key) DO UPDATE SET value = '1'").run();
}
