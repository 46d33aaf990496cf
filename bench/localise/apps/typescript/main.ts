import './nightly/devices';
import './nightly/feeds';
import './nightly/forms';
import './nightly/pages';
import './nightly/stock';
import { run } from './nightly/journal';

void run();
