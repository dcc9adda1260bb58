import { create } from 'zustand';

/** What a passport that is being written for the first time is called on this page. */
export const NEW_PASSPORT = 'new';

interface DraftsSlice {
  /** Changed text by workspace and passport; what is not changed is not here. */
  readonly drafts: ReadonlyMap<string, string>;
}

const useDrafts = create<DraftsSlice>()(() => ({ drafts: new Map() }));

function keyOf(workspace: string, passport: string): string {
  return `${workspace}\n${passport}`;
}

/** The changed text of a passport; undefined when it is as it is kept. */
export function useDraft(workspace: string, passport: string): string | undefined {
  return useDrafts(({ drafts }) => drafts.get(keyOf(workspace, passport)));
}

/** Keeps a changed text until it is saved, also when the page is left. */
export function setDraft(workspace: string, passport: string, yaml: string | undefined): void {
  useDrafts.setState(({ drafts }) => {
    const changed = new Map(drafts);
    if (yaml === undefined) changed.delete(keyOf(workspace, passport));
    else changed.set(keyOf(workspace, passport), yaml);
    return { drafts: changed };
  });
}
