import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useAddFiles } from '../../app/intake.ts';

interface FilesButton {
  readonly choose: () => void;
  /** Must be rendered somewhere: the browser's file input, hidden. */
  readonly input: ReactNode;
}

/** Chooses files: by the system's dialog in the desktop, by a file input in the browser. */
export function useFilesButton(): FilesButton {
  const { addFiles, pick } = useAddFiles();
  const input = useRef<HTMLInputElement>(null);
  return {
    choose: () => (pick === undefined ? input.current?.click() : void pick()),
    input: (
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        onChange={(event) => {
          void addFiles([...(event.target.files ?? [])].map((file) => ({ file, name: file.name })));
          event.target.value = '';
        }}
      />
    ),
  };
}
