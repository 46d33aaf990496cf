import {
  applyPatches,
  createDraft,
  current,
  enableMapSet,
  enablePatches,
  finishDraft,
  isDraft,
  original,
  produce,
  produceWithPatches,
} from '../packages/immer/src/immer';
import {
  applyMiddleware,
  bindActionCreators,
  combineReducers,
  compose,
  createStore,
} from '../packages/redux/src/index';
import { createSelector, createStructuredSelector, lruMemoize } from '../packages/reselect/src/index';
import { task } from './journal';

enablePatches();
enableMapSet();

interface Item {
  name: string;
  count: number;
  tags?: string[];
}

const STOCK = {
  items: [
    { name: 'mug', count: 3 },
    { name: 'pen', count: 0, tags: ['a'] },
  ] as Item[],
  total: 3,
  open: true,
};

task('stock could not be booked', (log) => {
  const booked = produce(STOCK, (draft) => {
    draft.items[0].count += 2;
    draft.items.push({ name: 'cap', count: 1 });
    delete (draft as { open?: boolean }).open;
  });
  log.compare('booked stock differs', [
    booked,
    STOCK.items.length,
    booked.items[1] === STOCK.items[1],
    Object.isFrozen(booked.items),
  ]);
  const [next, patches, inverse] = produceWithPatches(booked, (draft) => {
    draft.items.splice(1, 1);
    draft.items[1].tags = ['x', 'y'];
    draft.total = 9;
  });
  log.compare('bookings of the stock were noted otherwise', patches);
  log.compare('stock after undoing differs', [applyPatches(next, inverse), applyPatches(booked, patches)]);
  const shelf = produce(
    new Map([
      ['a', new Set([1, 2])],
      ['b', new Set([3])],
    ]),
    (draft) => {
      draft.get('a')?.add(7).delete(1);
      draft.delete('b');
      draft.set('c', new Set([9]));
    },
  );
  log.compare('shelves hold other goods', [shelf, shelf.size, [...shelf.keys()]]);
  const draft = createDraft(STOCK);
  draft.items[1].count = 4;
  log.compare('draft of a booking differs', [
    current(draft),
    isDraft(draft.items),
    original(draft)?.total,
    finishDraft(draft),
  ]);
  const sorted = produce([5, 3, 9, 1], (numbers) => {
    numbers.sort((a, b) => a - b);
    numbers.reverse();
    numbers.unshift(7);
  });
  log.compare('order of the shelves differs', sorted);
});

task('stock view is not available', (log) => {
  const counted: string[] = [];
  const total = createSelector(
    [(state: typeof STOCK) => state.items, (state: typeof STOCK) => state.total],
    (items, extra) => {
      counted.push('total');
      return items.reduce((sum, { count }) => sum + count, extra);
    },
  );
  log.compare('sum of the stock view differs', [
    total(STOCK),
    total(STOCK),
    total({ ...STOCK, total: 8 }),
    total.recomputations(),
    counted,
  ]);
  const view = createStructuredSelector({
    total,
    names: createSelector([(state: typeof STOCK) => state.items], (items) => items.map(({ name }) => name)),
  });
  log.compare('stock view shows something else', view(STOCK));
  const calls: number[] = [];
  const squared = lruMemoize(
    (n: number) => {
      calls.push(n);
      return n * n;
    },
    { maxSize: 2 },
  );
  log.compare('remembered values of the view differ', [
    squared(2),
    squared(3),
    squared(2),
    squared(4),
    squared(3),
    calls,
  ]);
});

task('stock events were not handled', (log) => {
  const seen: unknown[] = [];
  const items = (state: readonly string[] = [], action: any) =>
    action.type === 'add' ? [...state, action.name] : state;
  const sum = (state = 0, action: any) => (action.type === 'add' ? state + action.count : state);
  const noting = () => (next: any) => (action: any) => {
    seen.push(action.type);
    return next(action);
  };
  const thunk =
    ({ dispatch, getState }: any) =>
    (next: any) =>
    (action: any) =>
      typeof action === 'function' ? action(dispatch, getState) : next(action);
  const store = createStore(
    combineReducers({ items, sum }),
    { items: ['old'] } as any,
    compose(applyMiddleware(thunk, noting)) as any,
  ) as any;
  const stop = store.subscribe(() => seen.push(store.getState().sum));
  const actions = bindActionCreators(
    { add: (name: string, count: number) => ({ type: 'add', name, count }) },
    store.dispatch,
  );
  actions.add('mug', 2);
  store.dispatch((dispatch: any) => dispatch({ type: 'add', name: 'pen', count: 5 }));
  stop();
  actions.add('cap', 1);
  log.compare('stock after all events differs', store.getState());
  log.compare('stock events were noted otherwise', seen);
  for (const wrong of [{}, { type: 7 }, [], 'x']) {
    try {
      store.dispatch(wrong);
      seen.push('accepted');
    } catch (error) {
      log.compare('a wrong stock event is told otherwise', (error as Error).message);
    }
  }
});
