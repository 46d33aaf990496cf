import { javascriptSample } from '../support/toolchains/javascript.ts';
import { toolchainContract } from './toolchain.ts';

toolchainContract(javascriptSample('node:test', null));
