const DAY = 86_400_000;

/** Sales of the last days, by city. */
export function salesReport(query, orders) {
  const days = Number(query.get('days') ?? 7);
  const chosen = lastDays(orders, days);
  const cities = {};
  for (const order of chosen) {
    const city = order.customer.address?.city ?? 'pick-up';
    cities[city] = (cities[city] ?? 0) + order.total;
  }
  return { status: 200, body: { days, orders: chosen.length, returning: returningCustomers(chosen), cities } };
}

/** Customers with more than one order in the period. */
function returningCustomers(chosen) {
  const returning = new Set();
  for (const order of chosen) {
    const others = chosen.filter((other) => other.customer.id === order.customer.id && other.id !== order.id);
    if (others.length > 0) returning.add(order.customer.id);
  }
  return returning.size;
}

function lastDays(orders, days) {
  const end = orders.at(-1)?.at ?? 0;
  return orders.filter((order) => order.at > end - days * DAY);
}
