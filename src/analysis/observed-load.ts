import { createIdentityBuilder, type IdentityBuilder } from '../identity/index.ts';
import type { IdentifierTable } from '../identity/types.ts';
import type { ColumnBatch } from '../workspace/column-batch.ts';
import type { LoadObserver } from '../workspace/event-writer.ts';

/**
 * Identity's view of a load, taken while the writer waits for files to be read anyway. Only of the first load of a workspace, and only
 * while nothing of it is taken back; else identity reads the workspace.
 */
export class ObservedLoad implements LoadObserver {
  #builder: IdentityBuilder | undefined = createIdentityBuilder();
  #identifiers = 0;

  identifier(type: string, value: string): void {
    this.#identifiers++;
    this.#builder?.identifier(type, value);
  }

  observe(columns: ColumnBatch): void {
    this.#builder?.observe(columns);
  }

  spoil(): void {
    this.#builder = undefined;
  }

  /** What was observed, once; undefined when it is not all of the workspace. */
  take(identifiers: IdentifierTable): IdentityBuilder | undefined {
    const builder = this.#identifiers === identifiers.count ? this.#builder : undefined;
    this.#builder = undefined;
    return builder;
  }
}
