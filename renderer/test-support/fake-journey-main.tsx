import { useConnection } from '../src/app/connection.ts';
import { mount } from '../src/app/mount.tsx';
import { fakeClient } from './fake-client.ts';
import { fakeJourneyCalls } from './journey-calls.ts';

/** The app over the journey fixtures: `fake-journey.html#/journey/order/SO-1042`. Not part of the build. */
const query = new URLSearchParams(window.location.search);
const latency = Number(query.get('latency') ?? 20);
useConnection.setState({ state: { kind: 'open' }, generation: 1 });
mount(fakeClient({ records: 2000, latency, journeys: fakeJourneyCalls(latency) }));
