import { deliveryLabel } from './labels.js';
import { showOrder, listOrders } from './orders.js';
import { salesReport } from './report.js';

export const routes = {
  '/health': () => ({ status: 200, body: { ok: true } }),
  '/orders': listOrders,
  '/order': showOrder,
  '/report': salesReport,
  '/label': deliveryLabel,
};
