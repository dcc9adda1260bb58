import { useMutation } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { WireComplaint } from '../../../../src/api/wire.ts';
import { useClient, useEngineQuery } from '../../app/api.ts';
import { followJob } from '../../app/jobs.ts';
import { Button } from '../../ui/button.tsx';
import { errorText } from '../../ui/error-text.ts';
import { plural } from '../../ui/format.ts';
import { ToneMark, ToneShape } from '../../ui/severity-mark.tsx';
import { BacktestView } from './backtest-view.tsx';
import { setDraft, useDraft } from './drafts.ts';
import styles from './flows.module.css';
import { placeInText } from './places.ts';
import { RemovePassport } from './remove-passport.tsx';
import { useBacktest } from './use-backtest.ts';

interface PassportEditorProps {
  /** Path of the workspace. */
  readonly workspace: string;
  /** Name of the passport, or `NEW_PASSPORT`. */
  readonly name: string;
  /** Its text as it is kept; undefined for one that is not kept yet. */
  readonly kept: string | undefined;
  readonly onSaved: (name: string) => void;
  readonly onRemoved: () => void;
}

/** Pause after the last key before a text is checked, in milliseconds. */
const PAUSE_MS = 250;

type Checked = { readonly name: string | null; readonly complaints: WireComplaint[] };

/** The text of a passport with what is wrong with it beside its lines, and what would be found with it. */
export function PassportEditor({ workspace, name, kept, onSaved, onRemoved }: PassportEditorProps) {
  const client = useClient();
  const editor = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(workspace, name);
  const yaml = draft ?? kept ?? '';
  const settled = useSettled(yaml);
  const checked = useEngineQuery<Checked>(['flows-check', settled], (engine, signal) => engine.flows.check({ yaml: settled }, { signal }), {
    enabled: settled.trim() !== '',
  });
  const complaints = settled.trim() === '' ? [] : (checked.data?.complaints ?? []);
  const backtest = useBacktest();
  const [removing, setRemoving] = useState(false);
  const save = useMutation({
    mutationFn: (text: string) => client.flows.put({ yaml: text }),
    onSuccess: ({ name: saved, job }) => {
      setDraft(workspace, name, undefined);
      void followJob(client, job);
      onSaved(saved);
    },
  });

  // What is not checked yet may be tried: the engine checks it again.
  const mayBeUsed = yaml.trim() !== '' && (settled !== yaml || !complaints.some(isError));
  const isChanged = yaml !== kept;
  const change = (text: string): void => setDraft(workspace, name, text === kept ? undefined : text);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey)) return;
    if (event.key === 's') {
      event.preventDefault();
      if (mayBeUsed && isChanged) save.mutate(yaml);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      if (mayBeUsed) backtest.run(yaml);
    }
  };
  const show = ({ line, column }: WireComplaint): void => {
    const { from, to } = placeInText(yaml, line, column);
    editor.current?.focus();
    editor.current?.setSelectionRange(from, to);
  };

  return (
    <div className={styles.edit}>
      <div className={styles.actions}>
        <Button variant="primary" disabled={!mayBeUsed || !isChanged || save.isPending} onClick={() => save.mutate(yaml)}>
          Save and analyse
        </Button>
        <Button disabled={!mayBeUsed} onClick={() => backtest.run(yaml)}>
          Back-test
        </Button>
        {isChanged && kept !== undefined && (
          <Button variant="ghost" onClick={() => change(kept)}>
            Undo changes
          </Button>
        )}
        <span className={styles.grow} />
        {save.isError && <ToneMark tone="critical">{errorText(save.error).message}</ToneMark>}
        <span className={styles.quiet}>{isChanged ? 'not saved' : 'as saved'}</span>
        {kept !== undefined && (
          <Button variant="ghost" onClick={() => setRemoving(true)}>
            Remove
          </Button>
        )}
      </div>
      <div className={styles.columns}>
        <div className={styles.text}>
          <div className={styles.sheet}>
            <Gutter yaml={yaml} complaints={complaints} />
            <textarea
              ref={editor}
              aria-label="Passport"
              value={yaml}
              rows={lineCount(yaml)}
              wrap="off"
              spellCheck={false}
              autoCapitalize="off"
              onChange={(event) => change(event.target.value)}
              onKeyDown={onKeyDown}
              placeholder={
                'passport: order-to-cash\nrecord: order\nowner: orders@example.com\nsteps:\n  - step: erp.create\n    window: within 2 h of payment.capture'
              }
            />
          </div>
        </div>
        <div className={styles.sides} tabIndex={0} role="region" aria-label="Check and back-test">
          <Complaints complaints={complaints} isEmpty={yaml.trim() === ''} onShow={show} />
          <BacktestView state={backtest.state} yaml={yaml} onCancel={backtest.cancel} />
        </div>
      </div>
      <RemovePassport name={removing ? name : undefined} onClose={() => setRemoving(false)} onRemoved={onRemoved} />
    </div>
  );
}

function Gutter({ yaml, complaints }: { readonly yaml: string; readonly complaints: readonly WireComplaint[] }) {
  const worst = new Map<number, WireComplaint>();
  for (const complaint of complaints) if (isError(complaint) || !worst.has(complaint.line)) worst.set(complaint.line, complaint);
  return (
    <div className={styles.gutter} aria-hidden="true">
      {Array.from({ length: lineCount(yaml) }, (_, i) => {
        const complaint = worst.get(i + 1);
        return (
          <div key={i} title={complaint?.message} data-tone={complaint === undefined ? undefined : toneOf(complaint)}>
            {complaint !== undefined && <ToneShape tone={toneOf(complaint)} size={8} />}
            {i + 1}
          </div>
        );
      })}
    </div>
  );
}

interface ComplaintsProps {
  readonly complaints: readonly WireComplaint[];
  readonly isEmpty: boolean;
  readonly onShow: (complaint: WireComplaint) => void;
}

function Complaints({ complaints, isEmpty, onShow }: ComplaintsProps) {
  const errors = complaints.filter(isError).length;
  const summary = isEmpty
    ? 'Nothing is written yet.'
    : complaints.length === 0
      ? 'Nothing is wrong with it.'
      : `${plural(errors, 'error')}, ${plural(complaints.length - errors, 'warning')}${errors > 0 ? ': errors keep it from being used' : ''}`;
  return (
    <section className={styles.side} aria-label="Check">
      <h2>Check</h2>
      <p className={styles.note} role="status">
        {summary}
      </p>
      <ul className={styles.complaints}>
        {complaints.map((complaint) => (
          <li key={`${complaint.line} ${complaint.column} ${complaint.message}`}>
            <button type="button" onClick={() => onShow(complaint)}>
              <ToneMark tone={toneOf(complaint)} title={complaint.level} />
              <span className={styles.line}>
                {complaint.line}:{complaint.column}
              </span>
              <span>{complaint.message}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function isError({ level }: WireComplaint): boolean {
  return level === 'error';
}

function toneOf(complaint: WireComplaint): 'critical' | 'warning' {
  return isError(complaint) ? 'critical' : 'warning';
}

function lineCount(text: string): number {
  return Math.max(12, text.split('\n').length);
}

/** A text that has not changed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(text), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return useDeferredValue(settled);
}
