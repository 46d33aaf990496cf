const CUSTOMERS = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Donald', 'Radia', 'Ken', 'Frances'];
const CITIES = ['Paris', 'Lyon', 'Lille', 'Nantes'];
const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 0, 1);

/** A year of orders; the shop sells about twenty-five a day. */
export function createOrders(count = 9000) {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    customer: {
      id: (index * 7919) % 2400,
      name: CUSTOMERS[index % CUSTOMERS.length],
      // Every fiftieth customer comes to the shop and leaves no address.
      address: index % 50 === 49 ? null : addressOf(index),
    },
    total: 10 + ((index * 37) % 400),
    at: FIRST_DAY + Math.floor((index * 365) / count) * DAY,
  }));
}

function addressOf(index) {
  return { street: `${(index % 90) + 1} rue des Lilas`, city: CITIES[index % CITIES.length] };
}

export function listOrders(query, orders) {
  const page = Number(query.get('page') ?? 0);
  return { status: 200, body: orders.slice(page * 20, page * 20 + 20) };
}

export function showOrder(query, orders) {
  const order = findOrder(query, orders);
  if (order === undefined) return { status: 404, body: { error: 'no such order' } };
  return { status: 200, body: order };
}

export function findOrder(query, orders) {
  return orders[Number(query.get('id')) - 1];
}
