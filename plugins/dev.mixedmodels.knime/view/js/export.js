/* Saves a chart as a file. */
import { fileName } from "./format.js";

const SHARPNESS = 2;

function download(blob, name) {
  const link = document.createElement("a");
  const url = URL.createObjectURL(blob);
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

function picture(url) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("the browser cannot draw it"));
    image.src = url;
  });
}

async function png(svg) {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = await picture(url);
    const canvas = document.createElement("canvas");
    canvas.width = image.width * SHARPNESS;
    canvas.height = image.height * SHARPNESS;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))), "image/png"));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Saves a drawing as SVG or PNG. */
export async function save(drawing, format, node, title) {
  const svg = drawing.svg();
  const blob = format === "PNG" ? await png(svg) : new Blob([svg], { type: "image/svg+xml" });
  download(blob, `${fileName(node, title)}.${format.toLowerCase()}`);
}
