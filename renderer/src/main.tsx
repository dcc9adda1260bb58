import { connect } from './app/connect.ts';
import { mount } from './app/mount.tsx';

mount(connect());
