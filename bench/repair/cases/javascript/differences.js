export function differences(points) {
  const steps = [];
  for (let i = 0; i < points.length; i++) {
    steps.push(points[i + 1].y - points[i].y);
  }
  return steps;
}
// ---- test
import { differences } from '../src/differences.js';
test('none', () => assert.deepEqual(differences([]), []));
// ---- crash
differences([{ y: 1 }, { y: 4 }]);
