import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useEngineQuery } from '../../app/api.ts';
import { JourneyFailed, JourneyPending } from './journey-states.tsx';
import { JourneyView } from './journey-view.tsx';
import { selecting, SelectionProvider } from './selection.ts';

const route = getRouteApi('/journey/$type/$key');

/** The page of one journey: `/journey/$type/$key`, the selection in the search parameters. */
export function JourneyPage() {
  const { type, key } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useEngineQuery(['journey', type, key], (client, signal) => client.journeys.get({ id: key, type }, { signal }), {
    keep: false,
  });
  const journey = query.data;
  const selection = useMemo(
    () => (journey === undefined ? undefined : selecting(journey, search, (next) => void navigate({ search: next, replace: true }))),
    [journey, search, navigate],
  );
  if (journey !== undefined && selection !== undefined) {
    return (
      <SelectionProvider value={selection}>
        <JourneyView journey={journey} />
      </SelectionProvider>
    );
  }
  if (query.isError) return <JourneyFailed error={query.error} type={type} id={key} onRetry={() => void query.refetch()} />;
  return <JourneyPending type={type} id={key} />;
}
