import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { put, tempFolder } from '../../test/support/temp.ts';
import { UserError } from '../model/errors.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './migrate.ts';
import { openReader, openWriter } from './open.ts';

function refusal(open: () => unknown): UserError {
  try {
    open();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  }
  throw new Error('it was opened');
}

describe('a workspace file', () => {
  test('is made with its mark and its version, and opens again unchanged', () => {
    const path = join(tempFolder(), 'new', 'folders', 'w.waybill');
    openWriter(path).close();
    const db = openWriter(path);
    expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'view'").pluck().get()).toBeGreaterThan(5);
    // STRICT: a text in a column of numbers is a bug that must not pass.
    expect(() =>
      db.exec(
        "INSERT INTO event (id, source_id, entry, line, offset, length, precision, kind, system_id, step_id, status, fingerprint) VALUES (1, 'one', 0, 1, 0, 1, 0, 0, 0, 0, 0, 0)",
      ),
    ).toThrow(/cannot store TEXT/);
    db.close();
  });

  test('an empty file becomes one', () => {
    const path = put(tempFolder(), 'empty.waybill', '');
    openWriter(path).close();
    expect(openReader(path).prepare('SELECT count(*) FROM event').pluck().get()).toBe(0);
  });

  test('a reader cannot write, and does not make a file', () => {
    const path = join(tempFolder(), 'w.waybill');
    expect(refusal(() => openReader(path))).toMatchObject({ code: 'not-found', place: path, message: `there is no workspace at ${path}` });
    expect(existsSync(path)).toBe(false);
    openWriter(path).close();
    const db = openReader(path);
    expect(() => db.exec("INSERT INTO name (value) VALUES ('x')")).toThrow(/readonly/);
    db.close();
  });
});

describe('what is no workspace is refused in one sentence and left as it is', () => {
  for (const [name, open] of [
    ['reader', openReader],
    ['writer', openWriter],
  ] as const) {
    test(`by the ${name}`, () => {
      const folder = tempFolder();
      const text = put(folder, 'text.waybill', 'only some text, but long enough to be taken for a file');
      expect(refusal(() => open(text))).toMatchObject({ code: 'workspace-foreign', message: `${text} is not a Waybill workspace` });
      expect(readFileSync(text, 'utf8')).toMatch(/^only some text/);

      mkdirSync(join(folder, 'folder.waybill'));
      expect(refusal(() => open(join(folder, 'folder.waybill'))).message).toBe(
        `${join(folder, 'folder.waybill')} is a folder, not a workspace file`,
      );

      const foreign = join(folder, 'contacts.db');
      const other = new Database(foreign);
      other.exec('CREATE TABLE contact (name TEXT)');
      other.close();
      const before = readFileSync(foreign);
      expect(refusal(() => open(foreign))).toMatchObject({
        code: 'workspace-foreign',
        message: `${foreign} is a database of another program, not a Waybill workspace`,
      });
      expect(readFileSync(foreign).equals(before)).toBe(true);

      const newer = join(folder, 'newer.waybill');
      const future = openWriter(newer);
      future.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
      future.close();
      const newerRefusal = refusal(() => open(newer));
      expect(newerRefusal.code).toBe('workspace-newer');
      expect(newerRefusal.message).toContain('update Waybill to open it');

      const damaged = join(folder, 'damaged.waybill');
      openWriter(damaged).close();
      const bytes = readFileSync(damaged);
      bytes.fill(0x5a, 100, 20_000);
      writeFileSync(damaged, bytes);
      const damage = refusal(() => open(damaged));
      expect(damage.code).toBe('workspace-corrupt');
      expect(damage.message).toContain(`${damaged} is damaged`);
    });
  }
});
