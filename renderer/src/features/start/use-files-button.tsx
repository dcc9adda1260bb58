import { useRef } from 'react';
import type { ChangeEvent, ReactNode } from 'react';
import { chosenFiles } from '../../app/files.ts';
import { useAddFiles } from '../../app/intake.ts';

/** Makes a file input choose a folder. Every current browser knows it; the types of React do not. */
const FOLDER = { webkitdirectory: '' };

interface FilesButton {
  readonly choose: () => void;
  /** Chooses a whole folder; undefined in the desktop, whose one dialog takes files and folders. */
  readonly chooseFolder: (() => void) | undefined;
  /** Must be rendered somewhere: the browser's file inputs, hidden. */
  readonly input: ReactNode;
}

/** Chooses files: by the system's dialog in the desktop, by file inputs in the browser. */
export function useFilesButton(): FilesButton {
  const { addFiles, pick } = useAddFiles();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (event: ChangeEvent<HTMLInputElement>): void => {
    void addFiles(chosenFiles(event.target.files ?? new DataTransfer().files));
    event.target.value = '';
  };
  return {
    choose: () => (pick === undefined ? files.current?.click() : void pick()),
    chooseFolder: pick === undefined ? () => folder.current?.click() : undefined,
    input: (
      <>
        <input ref={files} type="file" multiple hidden aria-label="Files to import" onChange={take} />
        <input ref={folder} type="file" {...FOLDER} hidden aria-label="Folder to import" onChange={take} />
      </>
    ),
  };
}
