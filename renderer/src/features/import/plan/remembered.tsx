import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useClient } from '../../../app/api.ts';
import { Button } from '../../../ui/button.tsx';
import { errorText } from '../../../ui/error-text.ts';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { Time } from '../../../ui/time.tsx';
import styles from './remembered.module.css';

/** Says that the mapping was corrected in an earlier import and is proposed again, with what was said then, and offers to forget it. */
export function Remembered({ mapping }: { readonly mapping: number }) {
  const client = useClient();
  const cache = useQueryClient();
  const learned = useQuery({ queryKey: ['mappings'], queryFn: ({ signal }) => client.mappings.list(undefined, { signal }) });
  const forget = useMutation({
    mutationFn: () => client.mappings.forget({ mapping }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['mappings'] }),
  });
  if (forget.isSuccess) {
    return (
      <p className={styles.remembered} role="status">
        <History size={14} aria-hidden="true" />
        <span>Forgotten. It is used for this import; the next files of this kind are understood from scratch.</span>
      </p>
    );
  }
  const found = learned.data?.find((one) => one.id === mapping);
  return (
    <div className={styles.remembered}>
      <History size={14} aria-hidden="true" />
      <span className={styles.text}>
        <b>Remembered from an earlier import</b>
        {found !== undefined && (
          <span>
            {found.name}, <Time at={found.correctedAt} style="date" />
          </span>
        )}
        {found !== undefined && found.corrections.length > 0 && (
          <span data-clip="" title={found.corrections.join('\n')}>
            {found.corrections.join(' · ')}
          </span>
        )}
      </span>
      {forget.isError && <ToneMark tone="critical">{errorText(forget.error).message}</ToneMark>}
      <Button size="small" disabled={forget.isPending} onClick={() => forget.mutate()}>
        Forget
      </Button>
    </div>
  );
}
