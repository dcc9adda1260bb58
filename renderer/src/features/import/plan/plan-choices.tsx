import { useAddFiles, usePlanned } from '../../../app/intake.ts';
import type { PlanChoice } from '../../../app/intake.ts';
import { useReadAgain } from '../../sources/use-read-again.ts';
import { errorText } from '../../../ui/error-text.ts';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { EncodingSelect } from './encoding-select.tsx';
import { ProfileSelect } from './profile-select.tsx';

/** What holds for all files of a plan: the profile, the encoding. Another one makes another plan. */
export function PlanChoices({ plan, disabled }: { readonly plan: string; readonly disabled: boolean }) {
  const planned = usePlanned(plan);
  const { addGrants } = useAddFiles();
  const again = useReadAgain();
  if (planned === undefined) return undefined;
  const { choice } = planned;
  const change = (next: PlanChoice): void => {
    if (planned.kind === 'files') void addGrants(planned.grants, next);
    else again.mutate({ source: planned.source, rejected: planned.rejected, choice: next });
  };
  const waiting = disabled || again.isPending;
  return (
    <>
      {again.error !== null && <ToneMark tone="critical">{errorText(again.error).message}</ToneMark>}
      <ProfileSelect value={choice.profile} disabled={waiting} onChange={(profile) => change({ ...choice, profile })} />
      {(planned.kind === 'files' || !planned.rejected) && (
        <EncodingSelect value={choice.encoding} disabled={waiting} onChange={(encoding) => change({ ...choice, encoding })} />
      )}
    </>
  );
}
