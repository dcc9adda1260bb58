import { useId, useState } from 'react';
import type { WireSearchHit } from '../../../../../src/api/wire.ts';
import { decisionText, type HandRelation, type SpelledIdentifier } from '../../../../../src/model/identity-decision.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { errorText } from '../../../ui/error-text.ts';
import { Select, TextInput } from '../../../ui/field.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import styles from './identity.module.css';
import { RecordSearch } from './record-search.tsx';
import type { IdentityRequest } from './use-identity.ts';

/** What is to be said of a record: with the other identifier where it is known, else it is searched for. */
export type Wish =
  | { readonly kind: 'merge' | 'link'; readonly a: SpelledIdentifier }
  | { readonly kind: 'unlink' | 'split'; readonly a: SpelledIdentifier; readonly b: SpelledIdentifier };

const TITLES = {
  merge: 'Merge with another record',
  link: 'Link to another record',
  unlink: 'Unlink two records',
  split: 'Split one record in two',
} as const;
const ACTIONS = { merge: 'Merge and analyse', link: 'Link and analyse', unlink: 'Unlink and analyse', split: 'Split and analyse' } as const;
const MEANS = {
  merge: 'Their entries then make one journey.',
  link: 'What is owned has its entries in the journey of its owner.',
  unlink: 'Each then has a journey of its own, unless something else leads from one to the other. Entries that name both stay in both.',
  split: 'Other spellings go with the one that they are written like.',
} as const;

type Direction = HandRelation | 'owned';

interface DecideDialogProps {
  /** Undefined closes it. */
  readonly wish: Wish | undefined;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onDecide: (request: IdentityRequest) => void;
  readonly onClose: () => void;
}

/** Asks for what is missing of a decision and says what it means, before it is kept. */
export function DecideDialog({ wish, ...rest }: DecideDialogProps) {
  // Mounted anew for each wish, so that it always starts empty.
  return wish === undefined ? undefined : <Asking key={JSON.stringify(wish)} wish={wish} {...rest} />;
}

function Asking({ wish, busy, error, onDecide, onClose }: DecideDialogProps & { readonly wish: Wish }) {
  const [hit, setHit] = useState<WireSearchHit>();
  const [direction, setDirection] = useState<Direction>('owns');
  const [note, setNote] = useState('');
  const noteId = useId();
  const relationId = useId();
  // As it was found: what is kept is a spelling, not a record.
  const other = 'b' in wish ? wish.b : hit === undefined ? undefined : { type: hit.type, value: hit.key };
  const request = other === undefined ? undefined : requestOf(wish, other, direction, note);
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={TITLES[wish.kind]}
      closeLabel="Cancel"
      actions={
        <Button
          variant="primary"
          disabled={busy || request === undefined}
          onClick={() => {
            if (request !== undefined) onDecide(request);
          }}
        >
          {busy ? 'Analysing' : ACTIONS[wish.kind]}
        </Button>
      }
    >
      <div className={styles.asking}>
        {!('b' in wish) && (
          <RecordSearch exclude={wish.a} type={wish.kind === 'merge' ? wish.a.type : undefined} chosen={hit} onChoose={setHit} />
        )}
        {wish.kind === 'link' && (
          <div className={styles.pair}>
            <label htmlFor={relationId}>{wish.a.value}</label>
            <Select
              id={relationId}
              value={direction}
              onChange={(event) =>
                setDirection(event.target.value === 'owned' ? 'owned' : event.target.value === 'relates' ? 'relates' : 'owns')
              }
            >
              <option value="owns">owns it</option>
              <option value="owned">is owned by it</option>
              <option value="relates">belongs together with it</option>
            </Select>
          </div>
        )}
        <div className={styles.pair}>
          <label htmlFor={noteId}>Note</label>
          <TextInput id={noteId} value={note} maxLength={4000} placeholder="why" onChange={(event) => setNote(event.target.value)} />
        </div>
        <p className={styles.sentence} aria-live="polite">
          {request === undefined
            ? 'Choose the other record.'
            : `${decisionText({ ...request, relation: request.relation ?? undefined })}. ${MEANS[wish.kind]}`}
        </p>
        {error !== null && error !== undefined && <ToneMark tone="critical">{errorText(error).message}</ToneMark>}
      </div>
    </Dialog>
  );
}

function requestOf(wish: Wish, other: SpelledIdentifier, direction: Direction, note: string) {
  const [a, b] = wish.kind === 'link' && direction === 'owned' ? [other, wish.a] : [wish.a, other];
  const relation = wish.kind !== 'link' ? undefined : direction === 'relates' ? ('relates' as const) : ('owns' as const);
  return { kind: wish.kind, relation, a, b, note };
}
