-- The tables of a word processor as lines: one a row, its cells between bars, as a person would
-- type the form of an office. What stands in a row as running text (a cell of several paragraphs,
-- or one that has the row to itself) is set as paragraphs, below the label before it.
local text = pandoc.utils.stringify

local function paragraphs(cell)
  local out = {}
  local function add(blocks)
    for _, block in ipairs(blocks) do
      if block.t == "BulletList" or block.t == "OrderedList" then
        for _, item in ipairs(block.content) do add(item) end
      else
        local words = text(block):gsub("%s+", " ")
        if words ~= "" then out[#out + 1] = words end
      end
    end
  end
  add(cell.contents or cell[5])
  return out
end

local function add_row(lines, row)
  local cells, running = {}, false
  for _, cell in ipairs(row.cells or row[2]) do
    cells[#cells + 1] = paragraphs(cell)
    running = running or #cells[#cells] > 1
  end
  if #cells == 1 or (#cells == 2 and running and #cells[1] <= 1) then
    for i, cell in ipairs(cells) do
      for _, words in ipairs(cell) do
        lines[#lines + 1] = ""
        lines[#lines + 1] = i < #cells and not words:find("：$") and words .. "：" or words
      end
    end
    lines[#lines + 1] = ""
    return
  end
  for i, cell in ipairs(cells) do cells[i] = table.concat(cell, " ") end
  lines[#lines + 1] = "| " .. table.concat(cells, " | ") .. " |"
end

function Table(t)
  local lines = {}
  local function add(rows)
    for _, row in ipairs(rows or {}) do add_row(lines, row) end
  end
  add(t.head.rows or t.head[2])
  for _, body in ipairs(t.bodies) do
    add(body.head)
    add(body.body)
  end
  add(t.foot.rows or t.foot[2])
  return pandoc.RawBlock("plain", table.concat(lines, "\n"))
end
