import { useConnection } from '../src/app/connection.ts';
import { mount } from '../src/app/mount.tsx';
import { fakeClient } from './fake-client.ts';

/** The app over made-up data: `fake.html?records=0&latency=40&broken=1`. Not part of the build. */
const query = new URLSearchParams(window.location.search);
useConnection.setState({ state: { kind: 'open' }, generation: 1 });
mount(
  fakeClient({
    records: Number(query.get('records') ?? 10_000),
    latency: Number(query.get('latency') ?? 30),
    broken: query.has('broken'),
    ...(query.has('sources') ? { sources: Number(query.get('sources')) } : {}),
    ...(query.has('parts') ? { parts: Number(query.get('parts')) } : {}),
  }),
);
