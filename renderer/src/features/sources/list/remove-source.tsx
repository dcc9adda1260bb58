import { useMutation } from '@tanstack/react-query';
import type { WireSource } from '../../../../../src/api/wire.ts';
import { useClient } from '../../../app/api.ts';
import { followJob } from '../../../app/jobs.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { errorText } from '../../../ui/error-text.ts';
import { plural } from '../../../ui/format.ts';
import { ToneMark } from '../../../ui/severity-mark.tsx';

interface RemoveSourceProps {
  /** The source that is to go; undefined closes the dialog. */
  readonly source: WireSource | undefined;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

/** Asks before a source is taken out, saying what goes with it. */
export function RemoveSource({ source, onClose, onRemoved }: RemoveSourceProps) {
  const client = useClient();
  const remove = useMutation({
    mutationFn: (id: number) => client.sources.remove({ source: id }),
    onSuccess: ({ job }) => {
      void followJob(client, job);
      onRemoved();
    },
  });
  return (
    <Dialog
      open={source !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={source === undefined ? 'Remove source' : `Remove ${source.name}?`}
      closeLabel="Keep it"
      actions={
        <Button
          variant="danger"
          disabled={remove.isPending || source === undefined}
          onClick={() => {
            if (source !== undefined) remove.mutate(source.id);
          }}
        >
          Remove
        </Button>
      }
    >
      <p>
        Its {plural(source?.events ?? 0, 'event')}
        {source !== undefined && source.rejected > 0 && `, its ${plural(source.rejected, 'rejected entry', 'rejected entries')}`} and every
        record that no other source names leave the workspace; then the journeys are analysed again.
        {source !== undefined &&
          source.duplicates > 0 &&
          ` ${plural(source.duplicates, 'event')} that other sources tell as well will be told by them.`}{' '}
        The file itself stays where it is and can be imported again.
      </p>
      {remove.isError && <ToneMark tone="critical">{errorText(remove.error).message}</ToneMark>}
    </Dialog>
  );
}
