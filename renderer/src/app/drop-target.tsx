import { useEffect, useRef, useState } from 'react';
import { droppedFiles } from './files.ts';
import { failIntake, useAddFiles } from './intake.ts';
import styles from './shell.module.css';

/** Takes files dropped anywhere on the window. */
export function DropTarget() {
  const { addFiles } = useAddFiles();
  const [over, setOver] = useState(false);
  // Enter and leave come for every element under way; only the outermost pair counts.
  const depth = useRef(0);
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const onEnter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth.current += 1;
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setOver(false);
    };
    const onOver = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event) || event.dataTransfer === null) return;
      event.preventDefault();
      depth.current = 0;
      setOver(false);
      void droppedFiles(event.dataTransfer).then(addFiles, failIntake);
    };
    window.addEventListener('dragenter', onEnter);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragenter', onEnter);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', onDrop);
    };
  }, [addFiles]);
  if (!over) return undefined;
  return (
    <div className={styles.drop} aria-hidden="true">
      <div>
        <b>Drop to import</b>
        <span>Nothing is written before you have seen how it is understood</span>
      </div>
    </div>
  );
}
