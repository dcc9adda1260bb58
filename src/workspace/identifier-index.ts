import { identifierIndex } from './migrations/001-initial.ts';
import { openWriter } from './open.ts';

/**
 * Makes the index by which identifiers are found, if the load left that to do, over a connection of its own: for a thread beside the one
 * that writes, while that one has no transaction open. Throws `UserError` when the workspace cannot be written.
 */
export function indexIdentifiers(path: string): void {
  const db = openWriter(path);
  try {
    db.exec(identifierIndex);
  } finally {
    db.close();
  }
}
